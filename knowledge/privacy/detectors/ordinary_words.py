"""Words that follow "I'm" or "my name is" without being names; knows no text.

Written for the talk of a shop: what people say they are, want and feel. Folded: lower case, no accents.
"""


def words(text: str) -> frozenset[str]:
    """Read a set of words written one after the other."""
    return frozenset(text.split())


# A name never begins or goes on with one of these, however it is written.
FUNCTION_WORDS = words("""
    a about above across actually after again ago all almost already also although always am an and another any
    anyone anything anyway are around as ask at away back be because been before being below beside best between
    both but by bye call calling can cant cannot cheers come coming could currently dear did didnt do does doesnt
    doing done dont down during each either else ever every everyone exactly few finally first for from get getting
    give go going gonna good got gotta great had has hasnt have having he hello help her here hers hey hi him his how
    however i if ill im in inside instead into is isnt it its ive just kind know last later least less let lets like
    likely literally little long look looking lot made make many maybe me mean mine more most much must my myself
    near need needing never new next no nobody none nope nor not nothing now of off often oh ok okay old on once one
    only or order other our out over own per please possibly pretty probably put quite rather really right said same
    say second see seeking several shall she should since so some someone something sometimes soon sort speaking
    still such sure take tell than thank thanks that thats the their them then there these they thing things this
    those though three through till to today together tomorrow tonight too totally trying two under unless until up
    upon us use usually very via wanna want wanting was wasnt we well went were what whats when where which while who
    whose why will with within without wont would wouldnt wow yeah yes yesterday yet you your yours zero
    sth smth sumthing idk dunno u ur im ive gimme lemme wheres whats soz nvm hiya yo rn tmrw tmr cuz coz cos gotta
    asap btw fyi lol omg pls plz thx tho tbh und oder bitte danke ich nicht aber mit auf aus im ist das der die ein
    eine et ou mais avec pour dans le la les un une des y o pero con para por el los las una e ma per il lo
    monday tuesday wednesday thursday friday saturday sunday
    january february march july september october november december christmas easter
    i'm i'll i'd i've it's that's there's what's where's who's let's don't can't won't isn't didn't doesn't
    que si ya muy mas te mi tu su soy eres somos estoy esta estaba tengo tiene tienen quiero quiere quieren busco busca
    necesito necesita va viene dice usa lleva cumple hoy ayer cuando donde porque sin como pero hay puedo puede desde
    hasta abre cierra otra otro nada algo alguien nadie gracias hola unos unas esto eso nunca siempre tambien solo
    """)

# What people are, without it being their name.
STATES = words("""
    able absent adult afraid agnostic alive alone allergic amazed american amused anaemic anemic angry annoyed anxious
    arab asian asleep asthmatic atheist available awake aware bad bald bankrupt big bisexual black blind blond blonde
    boiling bored born bothered brave broke brunette buddhist busy careful catholic celiac certain chilly christian
    chubby clean clear close clueless coeliac cold colourblind colorblind comfortable confident confused conscious
    content cool crazy curious curvy customer dad dairy dead deaf delighted depressed desperate developer diabetic
    different dirty disabled disappointed divorced dizzy doctor done doomed dressed driver drunk dry due dutch dyslexic
    eager early easy elderly employed empty engaged english even excited exhausted expecting expensive familiar
    famished fat fed female feverish fine fit flexible foodie forever frantic freaked free freezing french fresh
    friendly frozen fructose frustrated full furious fussy gay german giddy glad gluten gone grateful greek grumpy
    guest guilty half halal handy happy hard healthy heartbroken heavy hindu homeless homesick hopeful hopeless hot
    hungover hungry hurt hyped ill impatient indian intolerant interested irish itchy jealous jewish jobless keen keto
    kosher lactose large late latino lazy left lefty lesbian light lonely loose lost loving low loyal lucky mad male
    married medium member mexican mixed mom moody mother moved mum muslim nauseous neutral new nervous nice noob nosy
    nurse nut obese obsessed off open orthodox out outdoorsy outside over overweight pagan paleo parched peckish
    pescatarian petite picky plain pleased plus poor positive pregnant prepared private proud puzzled queer quick quiet
    quit ready recovering red relaxed relieved religious restless retired rich romantic rude runner russian sad safe
    satisfied scared senior serious shattered shivering shocked shopper shopping short shy sick sikh silly simple
    single size skinny sleepy slim slow small smart sober soaked sold sore sorry spanish speechless starved starving
    staying stressed strict stoned stuck student stuffed stunned sunburnt surprised sweaty sweet swedish swiss tall
    teacher tenant thankful thirsty thrilled tied tiny tired tourist trans traveling travelling turkish type ugly
    unable unavailable uncertain undecided under unemployed unhappy unsure unwell upset urgent used vegan vegetarian
    veggie visitor waiting walking warm weak wet white wide widowed wired wiped working worn worried wrong xl xs xxl
    young apple android iphone google facebook instagram whatsapp telegram homebody vip
    vegano vegana vegetariano vegetariana celiaco celiaca diabetico diabetica alergico alergica intolerante musulman
    musulmana judio judia cliente clienta estudiante turista profesor profesora medico medica enfermero enfermera madre
    padre mama papa abuelo abuela tio tia nuevo nueva alto alta bajo baja mayor menor pequeno pequena joven soltero
    soltera casado casada jubilado jubilada autonomo autonoma espanol espanola mexicano mexicana argentino argentina
    peruano peruana chileno chilena colombiano colombiana feliz goloso golosa friolero friolera zurdo zurda
    above autistic adhd dyspraxic epileptic menopausal anorexic bulimic bipolar hiv covid
    """)

# Names that are said every day in a shop without meaning anybody: may, rose, olive, brown …
EVERYDAY_WORDS = words(
    """
    amber angel anise apple april art august autumn baker basic basil bay bent bill black blossom blue brandy
    bridge brook brown candy cash chance charity chase cherry china chip clay cliff clove cola cook cookie coral
    cord crystal daisy dale dawn dean diamond dill drew faith fern floor forest ginger grace grant gray green
    hall harm hazel heather henna herb holly honey hope hunter iron ivory ivy jade jasmine jet jewel job joy
    july june kick king lane lavender lily line long lot lotus love lucky maple margarita mark mason mat mats
    maxi may melon mercy merry mile mint misty moon noble oak ocean olive opal orchid owe page pat patience paw
    peach pearl penny pepper per pet petal port prince princess pro queen rain raven ray red reed rice rich
    river rob robin rock rocky rose rosemary royal ruby rusty sage salmon sandy santa sap sea sherry silver sky
    slate snow sole solo spike spring star stone storm sue sugar summer sun sunny tan tea teal thai tie ties
    till timber tip tone tore toy tulip us valentine vanilla velvet violet wade ward wave west white wide will
    win windy winter wolf woody zen zest
    """
)

# Given names that are rather something else unless they are written as a name.
AMBIGUOUS = EVERYDAY_WORDS | words(
    """
    alma aura aurora austin bas berry bliss canal carol cas cloud coco colt dell dev doll dove earl ebony eden
    edit edu elvis ember ernest eve fay flora florence forum frank gale garnet gay gene georgia glen goldie
    graham gun guy harmony heath hero ira iris jack jay jean jersey kiki lance lark laurel lin lino liv madison
    magnolia mai mar margherita marina mars melody meta modesto my myrtle nacho nick norm nova opera oral
    orlando paris pina piper poppy prudence reese reeve regina rica roman romeo rosie rue rut sable sally
    savannah savvy sienna skye sol sparrow spencer stella sterling sylvan tanner tara temple tierra tiger toni
    tor tri trinity uno ute vera verde verity viola virginia vita walker wilder willow wren yale
    """
)

# Endings of words that describe: shivering, exhausted, Spanish, Japanese, Norwegian, careful …
DESCRIBING_ENDINGS = (
    "ing", "ed", "ish", "ese", "ian", "ican", "arian", "ful", "less", "able", "ible", "ous", "free", "ive", "ic", "ical",
    "-friendly", "sized", "ly", "ist", "intolerant",
)  # fmt: skip

# What people cry out and shorten in chat; no name, however it is written.
CHAT_WORDS = words("""
    ah ahh argh aw aww awww aye bae bff bless boo brb bro bruv bye cheers congrats cos cuz damn dude duh eh
    eww fam ffs gah geez gg goodmorning goodnight gosh gotcha gr8 ha haha hahaha hahahaha hehe hell heya hiya hm hmm
    hmmm hun huh ikr ily ima imma jeez jk kinda lmao lmfao lolz luv mate meh mom mum nah nope nvm oh ohh oi omfg ooh
    oops ouch peeps phew pls psst rofl sheesh sis smh soz sup ta tbf thanx tho tmrw tryna ty ugh uh uhh um umm ummm
    wassup welp whoa whoop woah woo woohoo wtf xo xoxo xx xxx ya yay yea yeah yep yikes yo yolo yum yummy yup
""")
