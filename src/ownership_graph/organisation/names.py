"""Names of people and companies that nobody bears: given and family names drawn apart."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

COMPANIES = (
    "Quillmere Mutual", "Tarnholt Mutual", "Varrowby Insurance Group", "Ossenfeld Mutual",
    "Merrowgate Insurance",
)  # fmt: skip
GIVEN = (
    "Adaeze", "Agnieszka", "Aino", "Alejandra", "Amara", "Anahita", "Ananya", "Anselm",
    "Arash", "Asel", "Ayumi", "Babak", "Beatriz", "Bilal", "Birgit", "Bojana",
    "Bronwyn", "Callum", "Camille", "Chiara", "Chinedu", "Dagny", "Daniyar", "Delphine",
    "Dilnoza", "Eero", "Eilidh", "Emeka", "Esperanza", "Farid", "Fatou", "Femke",
    "Fionn", "Gaspard", "Gulnara", "Hanneke", "Haruka", "Hyun-woo", "Ibrahim", "Ilse",
    "Imani", "Inês", "Ioana", "Jamila", "Jarek", "Joaquín", "Kateryna", "Kerstin",
    "Kwame", "Laleh", "Leilani", "Ligia", "Lorcan", "Lwazi", "Maaike", "Malik",
    "Marisol", "Mehmet", "Mireille", "Nadezhda", "Naveen", "Nkechi", "Noémie", "Oksana",
    "Olumide", "Parisa", "Pedro", "Petra", "Quynh", "Rafaela", "Ragnhild", "Rajesh",
    "Saoirse", "Sefa", "Shirin", "Siobhan", "Sunniva", "Tadeusz", "Thandiwe", "Tomasz",
    "Umut", "Valentina", "Wanjiru", "Wei-ling", "Xiomara", "Yusuf", "Zanele", "Zsófia",
)  # fmt: skip
FAMILY = (
    "Abernethy", "Achterberg", "Adeyinka", "Aldanov", "Almqvist", "Amankwah", "Andersen-Voss",
    "Arnarson", "Asante", "Bajpai", "Balogun", "Barbosa", "Bereket", "Boateng", "Brandvold",
    "Calloway", "Castellano", "Chaudhary", "Chukwu", "Cisneros", "Csonka", "Dahlgren",
    "Dimitrova", "Drummond", "Ekwueme", "Erdemir", "Espinoza", "Fairweather", "Ferreira",
    "Galanis", "Ganbold", "Gautreaux", "Gwynne", "Hakimov", "Halloran", "Hashemi", "Hlatshwayo",
    "Hoekstra", "Ishikawa", "Ivanković", "Jayasinghe", "Kaczmarek", "Kamara", "Kimathi",
    "Kovalenko", "Kruger", "Lachance", "Laukkanen", "Lindqvist", "Macready", "Mahlangu",
    "Marchetti", "Maseko-Roux", "Mbanefo", "Mikkelsen", "Moravec", "Mukherjee", "Nakagawa",
    "Nascimento", "Ndiaye", "Nguyen-Hart", "Novotny", "Nyambura", "Ogunleye", "Okonjo", "Orellana",
    "Pakdaman", "Papadakis", "Pereira", "Quaye", "Rahimi", "Rautio", "Reinholt", "Roszak",
    "Santangelo", "Sedlacek", "Shrestha", "Sithole", "Sorrentino", "Stavrou", "Szabó", "Tamihana",
    "Teixeira", "Thorvald", "Tsegaye", "Uchida", "Vandermeer", "Vasquez", "Wachira", "Wetherby",
    "Yamazaki", "Yurtsever", "Zabłocki", "Zuberi",
)  # fmt: skip


def people(random: Random, count: int) -> list[str]:
    """`count` full names; no given name and no family name comes twice.

    `count` is at most the length of the shorter list.
    """
    pairs = zip(random.sample(GIVEN, count), random.sample(FAMILY, count), strict=True)
    return [f"{given} {family}" for given, family in pairs]


def slug(text: str) -> str:
    """The text as it stands in an id.

    >>> slug("Noémie Ivanković")
    'noemie-ivankovic'
    >>> slug("Zabłocki, Jarek")
    'zablocki-jarek'
    """
    folded = text.casefold().translate(_NO_PARTS)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return "-".join("".join(each if each.isalnum() else " " for each in plain).split())


_NO_PARTS = str.maketrans({"ł": "l", "ø": "o", "đ": "d"})
