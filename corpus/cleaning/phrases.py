"""The phrases that belong to a page and not to its article: whole lines, in English and some other languages.

In a phrase `…` stands for up to 80 characters within one sentence. No phrase ends as sentences do, so that a sentence
about advertisements, or one that begins with "Share this", is no furniture.
"""

import re


def _compile(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(phrases)})(?:\.\.\.|[^\w.!?])*".replace("…", r"[^.!?]{0,80}"), re.IGNORECASE)


FURNITURE = _compile(
    # the frame of the page
    r"(?:skip|jump) (?:directly )?to (?:the )?(?:main |page )?(?:content|navigation|menu|search|footer|header"
    r"|article)…",
    r"skip(?: (?:ad|advert|advertisement|navigation|links?))?|zum inhalt springen|aller au contenu"
    r"|pular para o conteúdo",
    r"ir al contenido|saltar al contenido|accessibility(?: help| links| statement)?|toggle …|(?:open|close) (?:menu"
    r"|search)",
    r"(?:main |site |mobile )?(?:menu|navigation)|back to top|scroll to top|homepage|enlarge(?: image)?"
    r"|close(?: menu)?",
    r"(?:sign|log) ?(?:in|out)(?: ?[/|] ?(?:sign ?up|register|join))?|sign ?up|subscribe(?: now| today)?|newsletters?",
    r"(?:your|my|manage (?:my )?) ?account|notifications|se connecter|s'abonner|anmelden|abonnieren|iniciar sesión"
    r"|entrar",
    r"suscr[ií]bete|assine(?: já)?|войти|регистрация|view in browser|unsubscribe(?: \|…)?|latest (?:videos?|audio)",
    # consent
    r"(?:we|this (?:web)?site)\b…\buses? cookies\b.*\b(?:experience|browse|consent|settings|policy|preferences)\b.*",
    r"we\b…\bstore\b…\binformation on (?:a|your) device\b.*|by (?:signing up|clicking)\b…\byou agree\b.*",
    r"privacy notice: newsletters\b.*|(?:accept|reject|allow)(?: all)?(?: (?:&|and) close)?(?: cookies)?"
    r"|cookie (?:settings|policy)",
    r"manage (?:preferences|cookies|options)|do not (?:sell|track)\b…",
    # advertising, players
    r"(?:story continues below )?(?:advertise?ments?|advertorial|sponsored(?: content)?|anzeige|werbung|publicité"
    r"|publicidad|publicidade|advertentie|pubblicità|реклама|広告|광고|ad)"
    r"(?:\W+(?:scroll to continue|article continues below this ad|continue reading below|story continues below))?\.?",
    r"article continues (?:after|below)…|(?:video|audio) player (?:is )?loading|loading(?:\.\.\.)?|play video"
    r"|video caption",
    r"content not available…|to view this video please enable javascript.*|play(?: all)?|mute|replay|volume \d+%",
    r"(?:image|photo|picture|slide) \d+ (?:of|/) \d+|\d+ (?:of|/) \d+|\d+ (?:photos?|images?|pictures?|slides?)",
    # sharing, saving, listening
    r"share(?: (?:this(?: (?:article|story|page|post|entry))?|on \S+|via \S+|by \S+|page|save|link|options))?",
    r"(?:share )?reuse this content|\d[\d.,]*k? ?(?:shares?|views?|reads?|likes?)|partager|teilen|compartir"
    r"|compartilh\w+",
    r"(?:click to )?(?:share|tweet|post|pin|save|e-?mail|print)\b…\b(?:on|via|to|with|this)\b… ?(?:facebook|twitter"
    r"|x|linkedin"
    r"|pinterest|whatsapp|reddit|google\+|tumblr|e-?mail|a friend|print)(?: \(opens in (?:a )?new window\))?"
    r"|share all…options…",
    r"click to (?:share|print|e-?mail|tweet)\b.*|(?:(?:whatsapp|facebook|twitter|pinterest|pint?|e-?mail|linkedin"
    r"|reddit)\W+){2,}\w*",
    r"this story has been shared [\d,.]+ times\.?|condividi|поделиться|delen|シェア|공유",
    r"(?:on |follow us on )?(?:facebook|twitter|x|whatsapp|linkedin|reddit|telegram|pinterest|bluesky|instagram"
    r"|youtube"
    r"|flipboard|tumblr|google\+|messenger|snapchat|tiktok|vkontakte|odnoklassniki|rss(?: feeds?)?)",
    r"tweet(?: this)?|pin it|tweet pin it|e-?mail(?: (?:this|to)(?: …)?)?|copy (?:link|to clipboard)|add to my\S+",
    r"(?:\d+ )?print(?: this page)?|e-?mail|copy|save this story|bookmark(?: the permalink)?"
    r"|… on \w+ \(opens in a new window\)",
    r"(?:(?:share|print|e-?mail|tweet|save|submit|pin|post)\b[ |·]*){2,}|listen to this (?:article|story)…|listen \d…",
    r"(?:estimated )?(?:reading time|temps de lecture|lesezeit|tempo de leitura|tiempo de lectura)\b.{0,20}",
    r"\d+[ -]min(?:ute)?s?\.?(?: (?:read|lesezeit))|(?:\d+ )?(?:[\d,]+ )?min(?:ute)?s? read",
    # comments and calls to the reader
    r"(?:view|read|see|voir les|load|show|post|add)? ?(?:all |more |a |your )?(?:comments?|commentaires|kommentare"
    r"|comentarios|comentários|отзывы|комментарии)(?: ?\d+)?|\d+ (?:comments?|replies|comentários|kommentare)|reply",
    r"report (?:this comment|error|a problem|an? typo)|live reporting|load more(?: \S+)?|show (?:more|less|all)"
    r"|view all(?: \(\d+\))?",
    r"(?:you must|you need to|please) (?:log|sign) ?in to\b…\.?|your e-?mail address will not be published\b.*",
    r"(?:o )?seu endereço de e-mail não será publicado\b.*|comments are (?:closed|moderated|subject to)\b.*",
    r"send (?:us )?your (?:feedback|photos|views|stories)…|you (?:have|are|were"
    r"|'ve) (?:been )?succ?ess?fully subscribed\b.*",
    r"(?:do you have|got) a (?:\w+ )?(?:news )?(?:story|tip)\?(?: (?:e-?mail|call|contact|tell|write|send"
    r"|get in touch)\b.*)?",
    r"do you have (?:an opinion on the issues).*|get (?:in touch with\b…(?:@\S+)?|involved with\b…)",
    r"(?:contact|reach|e-?mail) .{3,60}\S+@\S+.*|(?:click|tap) here (?:to|for)\b…|follow (?:us|me|\S+ \S+) on\b….*"
    r"|follow us",
    r"download (?:the|our)\b…\bapp (?:for|to|now|today|on)\b…\.?|sign up (?:to|for)\b…(?:newsletters?|alerts?"
    r"|updates?)…|sign up (?:to|for)\b…\bnewsletters?\b…[.!]",
    r"sign up (?:for|to) …|enter your e-?mail…|your e-?mail address|stay up to date with …\.",
    r"free (?:daily|weekly) newsletter\b.*|(?:daily|weekly) newsletter…|no spam[,.!] .*|receive the latest\b…",
    r"you (?:can unsubscribe|receive this e-?mail because)\b.*|get (?:this|the latest|breaking)\b…\b(?:inbox"
    r"|browser)\b.*",
    r"donate(?: now)?|support (?:us|our journalism|independent journalism)…|enjoyed this\?(?: support\b.*)?",
    r"(?:get|receive|let) .{0,80}\b(?:inbox|newsletters?|alerts)\b.*|this site is protected by recaptcha\b.*",
    r".*\bclick here to (?:support|subscribe|read|sign up|download|donate)\b.*|permalink\b.*|explore further"
    r"|back to gallery",
    # subscriptions
    r"(?:get |enjoy )unlimited access…|(?:.{0,60}\. )?cancel any ?time(?: (?:during|before)…)?\.?",
    r"already a (?:subscriber|member)\?(?: (?:sign|log) in…)?",
    r"start your free trial(?: today| now)?(?: for (?:just |only )?\S+)?\.?",
    # rights, sources and house rules
    r"this (?:article|story|piece) (?:was )?originally (?:appeared|published)\b.*"
    r"|….{0,80} appears in the print edition of\b.*",
    r"this (?:interview|conversation) has been (?:\w+ and |lightly )?(?:condensed|edited) for (?:length|clarity)\b.*",
    r"this (?:web)?site and associated newspapers adhere to the independent press standards\b.*",
    r"(?:copyright ?)?(?:[©ⓒ]|\(c\)|copyright)(?: ?copyright)? ?[ⓒ©]? ?(?:19|20)\d\d\b.*|[©ⓒ]…|.{0,60}[©ⓒ] ?(?:19"
    r"|20)\d\d.{0,80}",
    r"copyright [©ⓒ].{0,160}|.{0,80}\ball rights reserved(?:\..*)?|.{0,80}\b(?:alle rechte vorbehalten"
    r"|todos os direitos reservados"
    r"|todos los derechos reservados|tous droits réservés|все права защищены|무단 ?전재.{0,20}|無断転載.{0,10})\.?",
    r".{0,80} not responsible for (?:the )?content (?:of|from) external (?:web)?sites\b.*",
    r"(?:legal notice|imprint|impressum|datenschutz|terms (?:of (?:use|service)|(?:&|and) conditions)"
    r"|advertise(?: with us)?"
    r"|privacy (?:policy|& cookies|notice)|contact us|about us|careers at \S+)(?: ?[|·–-] ?…)?",
    r"(?:topics|tags|filed under|in this article|schlagwörter) ?:.{0,300}|filed under .{0,300}",
    r"(?:last |first |originally )?(?:updated|published|posted)\W+(?:\w+\W+){0,4}?(?:(?:19|20)\d\d"
    r"|\d\d?[:.]\d\d)\b….*",
    r"(?:last )?updated .{1,20}ago|elsewhere on the …",
)
"""Lines that go wherever they stand."""

WEAK = _compile(
    r"(?:more |open )?menu|navigation|search(?: for)?|home|(?:live )?tv|(?:watch )?live|in focus|register|send|save"
    r"|listen",
    r"loading|summary|learn more|in this article|cookies|privacy|advertise|careers|contact|about|watch|video"
    r"|photos?|more",
    r"(?:https?://|www\.)\S+|(?:\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?|\d{1,2} [ap]\.?m\.?)(?: [A-Z]{2,4})?",
    r"(?:updated )?\d+ ?(?:[hmd]|min(?:ute)?s?|hours?|days?)(?: ago)?(?: \d+ photos?)?|next|previous|(?:read|see"
    r"|show) more",
    r"follow|comments?|opinion|news|sports?|weather|politics|world|business|entertainment",
)
"""Lines that go only where furniture stands beside them; between sentences they may be headings."""

SECTION = _compile(
    r"related(?: (?:topics?|articles?|stor(?:y|ies)|content|links?|news|posts?|internet links|coverage))?"
    r"|sponsored content",
    r"(?:more|other|latest|top|today's top|trending|popular|recommended|breaking|most popular|must read)"
    r" (?:stor(?:y|ies)|articles|news|headlines|posts|videos?|coverage)(?: (?:from|in|on|like)…)?"
    r"|other news in this section",
    r"more (?:from|on|in) (?:this (?:section|topic|author)|the author|our …|(?-i:[A-Z]).{1,40})"
    r"|more on(?: this (?:story|topic|subject))?|see also|also read",
    r"explore more…|explore our subscriptions|most (?:read|viewed|popular|shared|commented|watched|recent)…"
    r"|recently viewed…",
    r"you (?:may|might) (?:also )?(?:like|be interested in)|(?:read|up|watch) next|keep reading|trending(?: now)?…",
    r"recommended(?: for you)?|(?:subscribe|sign up) (?:to|for) (?:our|the) …newsletters?|latest \w+ news"
    r"|what to read next",
    r"sign up for newsletters…|in the headlines|elsewhere on (?:the web|\S+)|recent (?:posts|comments|stories)"
    r"|editor'?s'? picks",
    r"across the (?:web|site|network|bbc)|don't miss|topics|tags|categories|quick links|places in this story"
    r"|people in the story",
    r"[-–«»< ]*(?:next|previous|prev)(?: \w+)? (?:post|article|story|news)|você pode gostar|you (?:may"
    r"|might) also like",
    r"lire aussi|mehr zum thema|(?:weitere|ähnliche|verwandte) (?:beiträge|artikel|meldungen|themen)…"
    r"|das könnte sie auch …",
    r"lesen sie auch|auch interessant|à lire aussi|sur le même sujet|articles (?:liés|similaires)|meest gelezen"
    r"|lees ook",
    r"artigos relacionados|leia (?:também|mais)|veja também|mais lidas|(?:noticias|artículos) relacionad[oa]s",
    r"lea también|te puede interesar|lo más (?:leído|visto)|leggi anche|articoli correlati|i più letti",
    r"читайте (?:также|ещё|еще)|по теме|самые популярные…|похожие (?:статьи|новости)",
    r"関連記事|おすすめ記事|관련 ?기사|많이 본 .{1,6}",
)
"""Lines that begin a box of links."""

POINTER = re.compile(
    r"(?:read|see|more|watch|listen|also|related|recommended|leia|lea|lees|lesen sie|leggi|читайте|lire aussi"
    r"|mehr zum thema|don't miss|in pictures)"
    r"(?: (?:more|also|auch|também|también|mais|ook|anche|также|read|related|next|now|here|on this|stor(?:y|ies)"
    r"|coverage))? ?[:>»] ?.{2,200}(?<![.!])"
    r"|(?-i:(?:READ|SEE|WATCH|LISTEN|ALSO|RELATED|MORE)(?: (?:ALSO|READ|MORE|NEXT"
    r"|NOW))?) (?-i:[A-Z‘“'\"]).{2,200}(?<![.!])",
    re.IGNORECASE,
)
"""A line that points to another page: `Read more: ...`, `READ ALSO ...`."""

END = _compile(
    r"comments ?\(?\d*\)?|\d+ comments|\d+ (?:thoughts|responses|replies) (?:on|to) .*|join the (?:discussion"
    r"|conversation)|share what you think",
    r"leave (?:a |your )?(?:comments?|reply)|(?:subscribe to|to) (?:continue|keep) reading…|(?:keep"
    r"|continue) reading with …",
    r"this (?:article|story) is (?:for|only available to) subscribers(?: only)?\.?|about the authors?"
    r"|über den autor(?:in)?",
    r"deixe (?:uma resposta|um comentário|seu comentário)|deja (?:un comentario|una respuesta)|laisser un commentaire",
    r"kommentar (?:schreiben|hinterlassen)|schreiben sie einen kommentar|добавить (?:отзыв|комментарий)"
    r"|оставить комментарий",
    r"sobre o autor|sobre el autor|об авторе|コメントを残す|댓글.{0,10}|as you comment, please\b.*|view comments",
)
"""Lines after which no article follows: readers' comments, a paywall, the author's life."""
