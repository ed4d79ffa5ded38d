"""The picture of a stage chain: well formed, complete, inside its frame, and readable where it is looked at."""

import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PIL import Image

from jucai.approval.diagram import draw_chain
from jucai.policy import Branch, Silence, StageKind, VoteRule
from tests.approval.chain import stage
from tests.approval.definitions import LIVING
from tests.approval.office import BOOK

SVG = "{http://www.w3.org/2000/svg}"
OFFICE = BOOK.office("anqing")
RICH = LIVING.model_copy(
    update={
        "stages": (
            stage("order", StageKind.IN_ORDER, "employer", "county_of_employer.rsj", title="县（市、区）初审"),
            stage(
                "joint",
                StageKind.ALL_OF,
                title="资格联审",
                branches=(Branch(units=("rsj", "kjj")), Branch(units=("czj",)), Branch(units=("bdc", "zjj"))),
                silence=Silence.CONSENT,
                veto=False,
            ),
            stage("many", StageKind.ALL_OF, "rsj", "kjj", "jtj", "czj", "scjg", "bdc", "zjj", title="征求意见"),
            stage(
                "panel",
                StageKind.PANEL,
                "kjj",
                title="评审<专家>",
                vote=VoteRule(experts=5, quota=10),
                when="subsidy_months > 12",
                skip_reason="十二个月以内的不需评审",
            ),
            stage("publicity", StageKind.PUBLICITY, title="公示", stops_clock=True),
        )
    }
)


def words(svg: str) -> str:
    return "".join(text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text"))  # noqa: S314 - our own words


@pytest.mark.parametrize("programme", BOOK.programmes, ids=lambda programme: f"{programme.code}@{programme.version}")
def test_every_shipped_programme_has_a_picture_with_all_its_stages_inside_the_frame(programme) -> None:
    home = BOOK.office_of.get(programme.code)
    svg = draw_chain(programme, BOOK.office(home) if home else None)
    root = ET.fromstring(svg)  # noqa: S314 - our own words
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    told = words(svg)
    assert all(one.title in told for one in programme.active_stages)
    for box in root.iter(f"{SVG}rect"):
        x, y, w, h = (float(box.get(key, 0)) for key in ("x", "y", "width", "height"))
        assert 0 <= x <= x + w <= width
        assert 0 <= y <= y + h <= height
    assert ("示例" in told) == programme.example or "示例" in programme.title


def test_conditions_terms_silence_panels_and_parallel_ways_are_told() -> None:
    svg = draw_chain(RICH, OFFICE)
    told = words(svg)
    for word in (
        "十二个月以内的不需评审",
        "逾期视为无异议",
        "各家表态后再定",
        "随机抽取 5 名专家",
        "名额 10 个",
        "停计时限",
        "↓ 市科学技术局",
        "各家都办结",
        "各家并行办理：",
        "评审<专家>",
    ):
        assert word in told, word
    assert "stroke-dasharray" in svg
    assert "资格联审（会签，市人力资源和社会保障局→市科学技术局，市财政局" in svg, "readers who do not see it are told"


@pytest.mark.chromium
def test_a_browser_shows_it(chromium_path: Path, tmp_path: Path) -> None:
    svg = draw_chain(RICH, OFFICE)
    height = int(re.search(r'height="(\d+)"', svg)[1])
    (tmp_path / "chain.svg").write_text(svg, encoding="utf-8")
    subprocess.run(
        [
            chromium_path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            f"--user-data-dir={tmp_path / 'profile'}", f"--screenshot={tmp_path / 'chain.png'}",
            f"--window-size=760,{height}", (tmp_path / "chain.svg").as_uri(),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    picture = Image.open(tmp_path / "chain.png").convert("RGB")
    coloured = sum(count for count, colour in picture.getcolors(1 << 24) if colour != (255, 255, 255))
    assert coloured > 0.05 * picture.width * picture.height
