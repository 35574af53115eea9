"""What a source is called, what it is, and what kind it has, as news copy puts it."""

import pytest

from summarizer.analysis import analyze_text
from summarizer.model import Source, SourceKind

PERSON, BODY = SourceKind.PERSON, SourceKind.ORGANISATION
UNNAMED, OUTLET = SourceKind.UNNAMED, SourceKind.OUTLET


def last_source(text: str) -> Source:
    sources = [claim.attribution.source for claim in analyze_text(text).claims]
    found = [source for source in sources if source]
    return found[-1]


TOLD = {
    "an office in capitals": (
        "Veldair CEO Carsten Ubel told reporters that the pilot had broken off his training.",
        ("Carsten Ubel", "Veldair CEO", PERSON),
    ),
    "who saw it": (
        "The boat burnt at the pier, according to witness Adam Hoss, who said he was near.",
        ("Adam Hoss", "witness", PERSON),
    ),
    "kin before the name": (
        '"He never hurt anyone," said Renner\'s mother, Andrea Irving.',
        ("Andrea Irving", "Renner's mother", PERSON),
    ),
    "kin behind the name": (
        '"I miss him," said Lorien Carter, his aunt.',
        ("Lorien Carter", "aunt", PERSON),
    ),
    "a rank after an office": (
        "A spokesman for the rebels, Sheikh Anas Musab, said that the group had left.",
        ("Anas Musab", "a spokesman for the rebels", PERSON),
    ),
    "an office for something": (
        "Denmark's Minister for Foreign Affairs Martin Lindegard said it was unacceptable.",
        ("Martin Lindegard", "Denmark's Minister for Foreign Affairs", PERSON),
    ),
    "two offices": (
        "Dorn University's president and vice-chancellor Paul Boyce said it was a delight.",
        ("Paul Boyce", "Dorn University's president and vice-chancellor", PERSON),
    ),
    "an office behind, owned": (
        "Shira Moledi, Veloria's Vice President for Women, said that the law would come.",
        ("Shira Moledi", "Veloria's Vice President for Women", PERSON),
    ),
    "an office in a clause": (
        '"The land was ours," says Walter Surat, who is now chief executive of the firm.',
        ("Walter Surat", "chief executive of the firm", PERSON),
    ),
    "the body alone": (
        "Tom Haines with the Pilots Association said that he had flown with him.",
        ("Tom Haines", "with the Pilots Association", PERSON),
    ),
    "the police": (
        "Dorn police Chief Larry Eskel said that the man had a rifle.",
        ("Larry Eskel", "Dorn police Chief", PERSON),
    ),
    "an apposition that begins with a body": (
        "The cyclist, DIT mathematics student Nathan Harmon, said that he saw a van.",
        ("Nathan Harmon", "DIT mathematics student", PERSON),
    ),
    "a surname alone that says of himself": (
        "Brolin hinted last week that he did not see the need. Brolin said he was tired.",
        ("Brolin", "", PERSON),
    ),
    "a surname alone, quoted with I": (
        'The hall was empty. "I felt that I had no choice," Brunner said.',
        ("Brunner", "", PERSON),
    ),
    "a firm says we": (
        'The hall was empty. "We felt that we had no choice," Brunnex said.',
        ("Brunnex", "", BODY),
    ),
    "a surname in the middle": (
        "Walter Ngai Kai-shu, secretary of the abbey, met the press. Ngai said it was paid.",
        ("Walter Ngai Kai-shu", "secretary of the abbey", PERSON),
    ),
    "a surname that ends like a people": (
        "Frank Brunti, an author, wrote to us. So the thinking goes, said Brunti.",
        ("Frank Brunti", "an author", PERSON),
    ),
    "a people": (
        "The Saudis said they would act.",
        ("The Saudis", "", UNNAMED),
    ),
    "one of a people": (
        "The Frenchman said that he was happy with the car.",
        ("The Frenchman", "", UNNAMED),
    ),
    "a town and its country": (
        "The mayor of Rochester, Michigan, said that the singer was wrong.",
        ("The mayor of Rochester, Michigan", "", UNNAMED),
    ),
    "a people's court": (
        "The Dorn City Intermediate People's Court said that three men had been jailed.",
        ("Dorn City Intermediate People's Court", "", BODY),
    ),
    "a medical examiner is no newspaper": (
        "The city's Office of Chief Medical Examiner said that both had been identified.",
        ("Office of Chief Medical Examiner", "", BODY),
    ),
    "a station, once it was told to be one": (
        "She was hurt, according to CNN affiliate WGKL. WGKL reported that a fight broke out.",
        ("WGKL", "CNN affiliate", OUTLET),
    ),
    "an office with full stops": (
        "Gen. Mats Dorsey, head of the U.S. Joint Chiefs of Staff, told a hearing it was so.",
        ("Mats Dorsey", "head of the U.S. Joint Chiefs of Staff", PERSON),
    ),
    "an office behind a body with of": (
        '"It is thin," said Jamal Green, a University of Dorn Ph.D. candidate.',
        ("Jamal Green", "a University of Dorn Ph.D. candidate", PERSON),
    ),
    "a minister of something": (
        "Minister of Housing Mustafa Adeli announced that the city would be built.",
        ("Mustafa Adeli", "Minister of Housing", PERSON),
    ),
    "a spokesman with small words in his name": (
        "The group's spokesman, Abu Mohammed al Adeli, said that people should join.",
        ("Abu Mohammed al Adeli", "the group's spokesman", PERSON),
    ),
    "where he is from": (
        '"It was awful," said Canadian L.M. Murphy.',
        ("L.M. Murphy", "", PERSON),
    ),
    "where a body is from": (
        "The London-based Relief Fund said that it had stopped.",
        ("Relief Fund", "", BODY),
    ),
    "a German": (
        '"It was an awful job," said the German, who had a broken engine.',
        ("the German", "", UNNAMED),
    ),
    "some people at the start": (
        "Scientists have raised concerns about a glacier.",
        ("Scientists", "", UNNAMED),
    ),
    "a man called Day": (
        "Joe Day said that snow led to a jam. Day said that the roads were shut.",
        ("Joe Day", "", PERSON),
    ),
    "a channel by its number": (
        "The deal was off, according to Channel 2.",
        ("Channel 2", "", OUTLET),
    ),
    "an office with a hyphen": (
        '"It makes sense," co-founder Ben Coen said in an interview.',
        ("Ben Coen", "co-founder", PERSON),
    ),
    "a trade": (
        '"It is thin," writes film critic Ada Rooney in her review.',
        ("Ada Rooney", "film critic", PERSON),
    ),
    "a sheriff's office": (
        "The Dorn County Sheriff's Office said that it had found him.",
        ("Dorn County Sheriff's Office", "", BODY),
    ),
    "one whose namesake only somebody names": (
        'The mail was called "Ada Lind\'s High School Reunion." President Lind said that he knew.',
        ("Lind", "President", PERSON),
    ),
    "a family name like a word for kin": (
        "Son Heung-kyu scored twice. Son said that he was happy.",
        ("Son Heung-kyu", "", PERSON),
    ),
    "dashes": (
        "The 20-year-old -- who claims that he was at home -- was arrested.",
        ("The 20-year-old", "", UNNAMED),
    ),
}


@pytest.mark.parametrize(("text", "told"), TOLD.values(), ids=TOLD)
def test_reads_who_it_is_what_he_is_and_of_which_kind(
    text: str, told: tuple[str, str, SourceKind]
) -> None:
    source = last_source(text)
    assert (source.name, source.role, source.kind) == told


def test_takes_what_goes_on_for_no_word_of_those_who_go_on() -> None:
    text = "As officials continue to study why it sank, General Mats Oster told us that it rained."
    names = [claim.attribution.source for claim in analyze_text(text).claims]
    assert [source and source.name for source in names] == ["Mats Oster"]
