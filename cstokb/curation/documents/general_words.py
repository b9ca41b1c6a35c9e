"""Words of headings and definitions of topics that say nothing of what a text is about: they stand in any of them."""

ENGLISH = """
and or of the in on at with to from their its an act action measures matters relations cooperation security system
systems international organization organizations common collective state states member members stability duty joint
around above all outer wider region regional other events situation work control new relation treaty treaties east
eastern north europe european world order principles institutions institutional development posts bodies view views
contacts dangers counter together conflicts policy response reaction civil supplies strategic planning formations
themselves mutual own against unlawful peaceful use spread limits equipment nations united second war status
information military technical arms crime relief rotation priorities forces crises crisis strategies rapid deployment
founding documents document missions mission budget symbols border observer partner
"""
RUSSIAN = """
и в на с по о об от до для внешние внешних действия действий общая общий меры международный международное договор
сотрудничество отношения организация организации безопасность безопасности система системы коллективная коллективной
государство государства государств член члены членов положение положения вокруг регион развитие взгляды органы
должности события совместные совместное силы оборот борьба противостоят вместе опасности охрана прежде всего помощь
другие третьими связи связь регионы контроль политика работа поставки новый наций мировая вторая мирное использование
ограничение распространения её вызовы устройство сама восток восточная северная европа принципы порядка
информационной информационная военно техническое экономическая сфере стратегии стратегическая стабильность
преступления реагирование кризисы кризис кризисах формирования гражданские ситуации очередность приоритеты быстрого
развёртывания документы учредительные миссии бюджет символика угрозы оперативного объединённых обязанность техника
планирование
"""
