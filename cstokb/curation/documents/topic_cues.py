"""Phrases that speak for the topics of the starter data, beside their headings; a topic without a row has its heading.

Phrases are compared by the stems of their words, in any case. One with ~ before it says too little alone, one with !
names an event that makes the topic.
"""

from __future__ import annotations

CUES: dict[str, str] = {
    "collective-defence": """
        collective defence; mutual assistance; mutual defence; aggression; armed attack; collective
        self-defence; military assistance; коллективная оборона; взаимная помощь; агрессия; вооружённое
        нападение; коллективная самооборона; военная помощь; ~indivisible security; ~common defence; ~совместная
        оборона
    """,
    "collective-forces": """
        collective forces; rapid reaction forces; rapid deployment forces; joint exercise; ~exercise; exercises;
        drill; troop contingent; учение; учения; коллективные силы; силы оперативного реагирования; совместные
        учения; войсковые контингенты; боевая подготовка; КСОР; КСБР; CRRF; ~troops; ~войска
    """,
    "peacekeeping": """
        peacekeeping; peacekeepers; peacekeeping contingent; peacekeeping mission; миротворчество; миротворцы;
        миротворческий; миротворческие силы; миротворческая деятельность
    """,
    "crisis-response": """
        crisis response; react to crises; reaction to crises; response to crises; crisis situations; package of
        measures; measures of assistance; help to Armenia; assistance to Armenia; кризисное реагирование;
        реагирование на кризисы; реагирование на кризисные ситуации; помощь Армении; меры помощи; ~crisis;
        ~кризис; ~consultation when danger
    """,
    "counter-terrorism": """
        terrorism; terrorist; extremism; foreign fighters; militants; терроризм; террористический; террористы;
        экстремизм; боевики; кибертерроризм; cyberterrorism; радикализация; radicalization
    """,
    "counter-narcotics": """
        narcotics; drug trafficking; anti-drug; drugs; drug; наркотики; наркотрафик; наркотический;
        антинаркотический; незаконный оборот наркотиков; наркоугроза; operation Kanal; операция Канал
    """,
    "illegal-migration": """
        illegal migration; illegal migrants; irregular migration; незаконная миграция; нелегальная миграция;
        незаконные мигранты; operation Nelegal; операция Нелегал
    """,
    "border-security": """
        border security; Tajik-Afghan border; southern borders; southern border; security belt; protection of
        borders; outer borders; border guards; southern flank; border programme; programme for the border;
        border of Tajikistan; near the border; охрана границ; таджикско-афганская граница; южные границы; южные
        рубежи; пояс безопасности; внешние границы; защита границ; укрепление границы; граница Таджикистана;
        южный фланг; ~border; ~borders; ~граница
    """,
    "afghanistan": """
        situation in Afghanistan; events in Afghanistan; around Afghanistan; threats from Afghanistan; change in
        Afghanistan; положение в Афганистане; события в Афганистане; ситуация в Афганистане; обстановка в
        Афганистане; вокруг Афганистана; угрозы со стороны Афганистана; Kabul; Кабул; Taliban; талибы; талибан;
        ~Afghan; ~афганский
    """,
    "arms-control": """
        arms control; arms limitation; strategic stability; nuclear disarmament; strategic arms; START Treaty;
        контроль над вооружениями; стратегическая стабильность; ограничение вооружений; стратегические
        вооружения; ДСНВ; СНВ
    """,
    "wmd-nonproliferation": """
        non-proliferation; weapons of mass destruction; chemical weapons; nuclear weapons; nuclear test;
        biological weapons; нераспространение; оружие массового уничтожения; химическое оружие; ядерное оружие;
        биологическое оружие; ядерные испытания; ОЗХО; OPCW
    """,
    "missile-defence": "missile defence; anti-missile; противоракетная оборона; противоракетный; ПРО",
    "outer-space": "outer space; arms race in space; космическое пространство; космос; гонка вооружений в космосе",
    "biosecurity": """
        biosecurity; biological security; pandemic; coronavirus; epidemic; biological threats; biological
        laboratories; биологическая безопасность; биобезопасность; пандемия; коронавирус; эпидемия;
        биологические угрозы; биологические лаборатории; COVID
    """,
    "information-security": """
        information security; cyber security; cyberattacks; cyber; cyberterrorism; information crime;
        information networks; информационная безопасность; кибербезопасность; кибератаки; киберугрозы;
        кибертерроризм; киберпреступность; информационная сфера; operation PROXY; операция ПРОКСИ
    """,
    "historical-memory": """
        historical memory; Great Patriotic War; Second World War; Nazism; Nazi; neo-Nazism; Victory; veterans;
        Nuremberg; falsify history; rewriting of history; rewrite history; outcome of the war; историческая
        память; Великая Отечественная война; Вторая мировая война; нацизм; неонацизм; нацистский; героизация
        нацизма; Победа; ветераны; Нюрнберг; фальсификация истории; искажение истории; переписать историю;
        переписывать историю; итоги войны
    """,
    "un-cooperation": """
        UN General Assembly; General Assembly of the United Nations; cooperation with the UN; cooperation with
        the United Nations; UN peacekeeping; UN observer; peacekeeping with the UN; peacekeeping to the UN;
        observer in the General Assembly; Генеральная Ассамблея ООН; сотрудничество с ООН; сотрудничество с
        Организацией Объединённых Наций; миротворчество ООН; миротворческая деятельность ООН; миротворчество
        Организации с ООН; Генассамблея ООН; Генеральная Ассамблея Организации Объединённых Наций; ~United
        Nations; ~UN; ~ООН
    """,
    "osce-european-security": """
        OSCE; European security; Eurasian security; security in Eurasia; architecture of security; security
        architecture; ОБСЕ; европейская безопасность; евразийская безопасность; безопасность в Евразии;
        архитектура безопасности; евразийская архитектура
    """,
    "nato-relations": "NATO; North Atlantic Alliance; НАТО; Североатлантический альянс; Североатлантический союз",
    "world-order-international-law": """
        international law; world order; multipolar; principles of the UN Charter; sovereign equality; principles
        of international; international security; equal security; indivisible security; international relations;
        международное право; мироустройство; миропорядок; многополярный; принципы Устава ООН; неделимая
        безопасность; международная безопасность; равная безопасность; суверенное равенство
    """,
    "middle-east-syria": """
        Middle East; Syria; Gaza; Palestine; Palestinian; Libya; North Africa; Iraq; Israel; Ближний Восток;
        Сирия; Газа; Палестина; палестинский; Ливия; Северная Африка; Ирак; Израиль
    """,
    "south-caucasus": """
        South Caucasus; Nagorno-Karabakh; Karabakh; Armenia-Azerbaijan border; Armenian-Azerbaijani; South
        Ossetia; border of Armenia; Armenia's border; mission to Armenia; fighting on its border; Южный Кавказ;
        Нагорный Карабах; Карабах; армяно-азербайджанский; Южная Осетия; граница Армении; миссия в Армении
    """,
    "ukraine-eastern-europe": """
        Ukraine; Ukrainian; Eastern Europe; Donbas; Украина; украинский; Восточная Европа; Донбасс
    """,
    "kazakhstan-2022": """
        !January events; January 2022; mission in Kazakhstan; unrest in Kazakhstan; operation in Kazakhstan;
        peacekeepers to Kazakhstan; !январские события; январь 2022; миссия в Казахстане; операция в Казахстане;
        беспорядки в Казахстане; миротворцы в Казахстан; трагический январь
    """,
    "kyrgyzstan-2010": """
        events in Kyrgyzstan; Osh; violence in Kyrgyzstan; unrest in Kyrgyzstan; south of Kyrgyzstan; события в
        Кыргызстане; события в Киргизии; Ош; беспорядки в Кыргызстане; беспорядки в Киргизии; юг Киргизии; юг
        Кыргызстана
    """,
    "military-technical-cooperation": """
        military-technical cooperation; military-technical; arms supplies; military-economic; military products;
        defence industry; военно-техническое сотрудничество; военно-технический; поставки вооружений;
        военно-экономический; продукция военного назначения; оборонная промышленность; ВТС
    """,
    "emergency-response": """
        emergencies; natural disaster; disaster relief; rescuers; earthquake; civil protection; emergency
        situations; чрезвычайные ситуации; стихийные бедствия; спасатели; землетрясение; МЧС; гуманитарная
        помощь
    """,
    "enlargement-observers": """
        observers; observer status; status of observer; partner status; status of partner; third states; third
        countries; guests of the session; enlargement of the Organization; наблюдатели; статус наблюдателя;
        статус партнёра; наблюдатель при; третьи страны; третьи государства; расширение Организации;
        парламентарии; ~observer; ~наблюдатель
    """,
    "membership-status": """
        membership; accession to the Organization; suspend membership; suspension; withdrawal from the
        Organization; leave the Organization; frozen its participation; freeze participation; frozen its part;
        members again; членство; вступление в Организацию; приостановить членство; приостановление; выход из
        Организации; заморозить участие; заморозка участия; присоединился к Уставу; присоединение к Уставу;
        ~acceded; ~stayed out
    """,
    "institutional-development": """
        regulations on the organs; organs; legal status; budget; working bodies; statutory bodies; reform of the
        Organization; amendments; protocol on amendments; Secretary General was appointed; flag; emblem;
        положения об органах; правовой статус; бюджет; рабочие органы; уставные органы; реформа Организации;
        протокол о внесении изменений; символика; назначен Генеральным секретарём
    """,
    "anniversary": "anniversary; anniversaries; jubilee; годовщина; юбилей; юбилейный; летие",
    "chairmanship": """
        chairmanship; chair passed; took the chair; take the chair; handed the chair; takes the chair;
        priorities of the chair; tasks of the chair; председательство; приоритеты председательства; передал
        председательство; ~chair; ~chaired; ~in the chair; ~председательствует; ~председатель
    """,
}
