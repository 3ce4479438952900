"""Cards as other telephones and programs write them, invented after their manuals and exports."""

from __future__ import annotations

from pathlib import Path

IPHONE = """BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iPhone OS 17.0//EN
N:欧阳;样甲;;;
FN:欧阳样甲
NICKNAME:小欧
ORG:示例贸易有限公司;市场部;
TITLE:经理
item1.EMAIL;type=INTERNET;type=pref:yangjia@example.cn
item1.X-ABLabel:_$!<Work>!$_
TEL;type=HOME;type=VOICE:021-63210000
TEL;type=CELL;type=VOICE;type=pref:+86 139 0000 0101
item2.TEL:139 0000 0102
item2.X-ABLabel:微信
TEL;type=WORK;type=FAX:021-63210009
item3.ADR;type=HOME;type=pref:;;世纪大道1号\\n2号楼;浦东新区;上海市;200120;中国
item3.X-ABADR:cn
BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15
X-ALTBDAY;CALSCALE=chinese:19680815
item4.X-ABRELATEDNAMES;type=pref:样乙
item4.X-ABLabel:_$!<Spouse>!$_
NOTE:第一行\\n第二行
IMPP;X-SERVICE-TYPE=QQ;type=HOME:x-apple:10001000
X-SOCIALPROFILE;type=wechat;x-user=yang_jia:x-apple:yang_jia
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD
 /2wBDAAEBAQEBAQ==
END:VCARD
"""
"""iPhone: items with labels, a birthday without its year, a lunar one beside it."""

CONTACTS_4 = """BEGIN:VCARD
VERSION:4.0
KIND:individual
FN:样丙
N:样;丙;;;
GENDER:F
BDAY:--0415
TEL;VALUE=uri;PREF=1;TYPE="voice,cell":tel:+86-139-0000-0104
TEL;VALUE=uri;TYPE=work:tel:+86-21-63210000;ext=801
EMAIL;PREF=2:second@example.cn
EMAIL;PREF=1:first@example.cn
CATEGORIES:同事,VIP
END:VCARD
"""

COMPANY_ONLY = """BEGIN:VCARD
VERSION:3.0
N:;;;;
FN:
ORG:样例物业管理有限公司
TEL;TYPE=WORK:02163210001
END:VCARD
"""


def quoted(text: str, encoding: str, *, width: int = 60) -> str:
    """Quoted-printable with soft breaks wherever they fall, also inside a character."""
    whole = "".join(f"={byte:02X}" for byte in text.encode(encoding))
    parts = [whole[at : at + width] for at in range(0, len(whole), width)]
    return "=\r\n".join(parts)


def nokia(name: str, given: str, number: str, encoding: str = "gb2312") -> bytes:
    """An old telephone: 2.1, the Chinese charset, everything quoted-printable."""
    about = f"CHARSET={encoding.upper()};ENCODING=QUOTED-PRINTABLE"
    return (
        "BEGIN:VCARD\r\nVERSION:2.1\r\n"
        f"N;{about}:{quoted(name, encoding)};{quoted(given, encoding)}\r\n"
        f"TEL;PREF;CELL;VOICE:{number}\r\n"
        f"NOTE;{about}:{quoted('喜欢长线，每周三下午方便', encoding, width=18)}\r\n"
        "END:VCARD\r\n"
    ).encode("ascii")


def card(*lines: str, version: str = "3.0", encoding: str = "utf-8") -> bytes:
    """A card of these lines."""
    whole = ["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]
    return "\r\n".join(whole).encode(encoding)


def saved(folder: Path, *cards: bytes, name: str = "通讯录.vcf") -> Path:
    """The cards as one file."""
    path = folder / name
    path.write_bytes(b"".join(cards))
    return path
