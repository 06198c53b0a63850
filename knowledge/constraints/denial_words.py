"""The words of denials: what begins one, what ends it, and sayings that deny nothing (pure).

Phrases as they stand after `spelled_out` in knowledge/constraints/denial.py: "don't" is "do not".
"""

import re


def phrases(text: str) -> frozenset[tuple[str, ...]]:
    """Read phrases that stand between slashes, word by word; "w/o" is one word."""
    return frozenset(
        tuple(phrase.split()) for phrase in re.split(r"/(?!o\b)", text) if phrase.strip()
    )


# What they deny must not be there.
FIRM = phrases(
    """
    not / no / non / without / w/o / except / except for / excluding / avoid / avoiding / minus / never / zero
    / neither / nor / skip / skip the / hold the / leave out / anything but / all but / everything but / anyone but
    / anything except / instead of / other than / rather than / apart from / aside from / hate / hates / hating
    / dislike / dislikes / despise / despises / loathe / loathes / detest / detests / can not stand / can not eat
    / can not have / can not drink / can not handle / can not take / can not tolerate / can not digest
    / can not use / can not wear / can not bear / can not do / will not eat / will not drink / refuses / refuse
    / allergic to / allergy to / intolerant to / intolerant of / sick of / tired of / fed up with / bored of
    / bored with / ran out of / run out of / out of / free of / free from / lacking / quit / gave up / off of
    / not a fan of / not a big fan of / not feel like / nothing with / nothing containing / nothing like / nothing that has
    / nothing that contains / no more / trying to avoid / anything besides / something besides / besides / sans / nix
    / rather not have / rather not eat / rather not drink / prefer not to have / would not have / would not eat
    / that does not have / that do not have / which does not have / which do not have / it does not have / it has no
    / that has no / that have no / which has no / which have no / should not have / must not have / may not have
    / can not contain / not contain / not in the mood for / not keen on / not fond of / not crazy about / not big on
    / not give me / not show me / not bring me / not send me / not suggest / not recommend / not offer me / no thanks to
    / stay away from / stay off / stay clear of / steer clear of / keep away from / keep off / stopped eating
    / stopped drinking / stopped using / stopped wearing / off limits / cut out / cutting out / cut the / lose the
    / ditch / ditch the / drop the / omit / omit the / forget the / forget about / ban / nope to / no to / i off
    / already has / already own / already owns / they already have / he already got / she already got
    / has enough / has plenty of / has too many / has so many / has tons of / they have enough / they have plenty of
    / they have too many / enough of / had enough / anaphylactic to / react to / reacts to / react badly to
    / reacts badly to / sensitive to / allergic against / allergy : / allergies : / forbade / not allowed
    / not allowed to have / not allowed any / not good with / not great with / not used to / not comfortable with
    / not comfortable eating / not into / not care for / not do well with / not agree with / staying away from
    / steering clear of / giving up / gave up on / given up / leaving out / intolerance to / sensitivity to
    / sick and tired of / had enough of / alternative to / alternatives to / substitute for / replacement for / not include
    / no longer eat / no longer drink / never liked / never eat / never eats
    / nothing / migraines from / migraine from / headaches from / headache from / rash from / hives from / reaction to
    / none of / none of that / none of the / none of those / no kind of / got enough / had my fill of / i am off
    / not allowed to eat / not supposed to eat / not supposed to have / not touch / without
    / lay off / lay off the / laying off / spare me / spare me the / pass on / pass on the / avoids / exclude
    / not go near / never go near / not abide / can not face / could not face / averse to / aversion to / opposed to / i over
    / so over / i done with / so done with / had it with / anything bar / anything save / everything bar / everything save
    / with the exception of / leave off / leave off the / banned from / swells up from / swell up from
    / swells up when he eats / swells up when she eats / swell up when i eat / breaks out from / break out from
    / anything else than / different from / enough with / enough with the / had too much / not up for / no use for
    / no need for / not much of a / not a huge fan of / not a massive fan of / not a great fan of / not the biggest fan of
    / i have enough / we have enough / i have plenty of / we have plenty of / i have loads of / we have loads of
    / i have so many / we have so many / i have too many / we have too many / she has loads of / he has loads of
    / they have loads of / got loads of / got plenty of / got tons of / got too many / got so many / owns enough
    / owns plenty of / owns too many / owns too much / owns loads of / not be near / not be around / not keep down
    / epipen for / epi-pen for / epi pen for / she has a million / she has hundreds of / she has dozens of
    / she has tons of / she has a ton of / she has too many / she has so many / he has a million
    / he has hundreds of / he has dozens of / he has tons of / he has a ton of / he has too many / he has so many
    / they have a million / they have hundreds of / they have dozens of / they have tons of / they have a ton of
    / they have too many / they have so many / we have a million / we have hundreds of / we have dozens of
    / we have tons of / we have a ton of / we have too many / we have so many / i have a million
    / i have hundreds of / i have dozens of / i have tons of / i have a ton of / i have too many / i have so many
    / not stomach / not want to see / not include any / may contain / could contain / throat closes from
    """
)
# What they deny is not there, be it wanted or not: "out of eggs" is a reason to buy some.
LACKING = phrases(
    """
    ran out of / run out of / running out of / out of / have no / has no / had no / got no / no more / not have
    / have nothing / has nothing / had nothing / got nothing / there is nothing / nothing left / nothing to
    / not have any / not have a / not have an / not got / not got any / not got a / lacking / quit / without my
    """
)
# What they deny may be there, only little of it.
MILD = phrases(
    """
    not too / not so / not very / not that / not overly / not super / not all that / not as / not particularly
    / nothing too / not too much / not too many / not much / not many / not a lot of / not lots of / not anything too
    / without too much / without too many / without much / without a lot of / not want too much / not require too many
    / low in / low / lower / less / light on / easy on / go easy on / reduced / little / fewer / cut back on
    / cut down on / cutting back on / cutting down on / watching my / watch my / limit / limiting / not want it too
    / not want anything too / not need too many / not have too many / not use too many / not take too much / not taste
    / not be too / not being too / not taste too / not need much / not need a lot of / not require much
    / not require a lot of / not take much / not take a lot of / not have much / not have a lot of / too
    """
)
# They begin like a denial and deny nothing. The last words of some ("nothing but") are kept for what follows.
SAYINGS = phrases(
    """
    no problem / no worries / no idea / no clue / no matter / no rush / no hurry / no doubt / no thanks / no thank you
    / no need / no one / no big deal / no way / no kidding / no longer / no pressure / no preference / no stress
    / no more than / no less than / no later than / no fewer than / no bigger than / no larger than / no smaller than
    / no older than / no younger than / no earlier than / no money / no time / why not / not only / not just / not sure
    / not yet / not now / not far / not far from / not bad / not at all / not necessarily / not really / not again
    / not here / not there / not today / not tomorrow / not tonight / not working / not open / not more than
    / not less than / not later than / not over / not above / not under / not below / not until / not before
    / not expensive / not the best / not so good / not so well / not so sure / not long / not feeling well
    / not feeling good / not feel well / not feel good / not well / whether or not / if not / or not / is not it
    / nothing but / nothing else / nothing special / not mind / not care / not matter / not know / not think / not a fan / not remember
    / not forget / not bother / can not wait / can not decide / can not find / can not choose / can not think
    / can not believe / can not help / can not get / can not sleep / can not seem / can not go wrong / can not stop
    / can not remember / can not afford / never mind / never tried / never had / never made / never been / never forget
    / not tried / not had / not eaten / not decided / not been / not get me wrong / not tested on animals
    / not have any time / not have time / not have much time / not have a lot of time / not have the time / not got time
    / not have any money / not have much money / not have a lot of money / not sure what / not too late / too late
    / not too far / too far / me too / you too / too / less than / little time / a little / little bit / little girl
    / little boy / little one / little sister / little brother / little ones / little daughter / little son / low budget
    / tired of work / sick of work / out of town / out of the oven / out of the office / out of bed / out of stock
    / i off to / i off work / i off today / off to / off work / off today / off topic / off season / zero waste / off white / off peak / hold on / hold up / out of order / out of work / so not / not hungry / not starving / no bake / non stick / low cost / low price
    / lower price / low on / lower on / running low on / not spend / not want to spend / not too expensive / not too pricey / not so expensive / not pricey
    """
) - {("too",)}
# Behind a denial they begin something else.
ENDS = frozenset(
    "but however though although because since so please tho i you it it's he she they we can could would should what "
    "where when while if then for as than yet just only still that which who maybe preferably something anything at "
    "on by under near give show find must is are was were im instead before after tonight today tomorrow".split()
)
# They stand between the denial and what it denies.
FILLERS = frozenset(
    "any a an the too much many more very my your other some such kind kinds sort of eating having drinking to really "
    "with all lot lots use using be being been in it them containing contain contains made extra added this those "
    "these want need like love have has had include includes require requires eat eats drink taste tastes fancy even "
    "actually got get gets involve enjoy feel real actual do did does is are recipe recipes dish dishes food foods "
    "meal meals ones one things thing stuff products product version whatsoever ever already anymore again lately either person drinker eater "
    "lover fan \u00b7 pls plz thx lol tbh".split()
)
