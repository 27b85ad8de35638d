"""What the program is not made of: A4, A5, A8, A13, A16, A21 of the domain book."""

from __future__ import annotations

import re

import pytest

from maplebridge.__main__ import main
from maplebridge.config.rest import api
from tests.abuses import walks
from tests.docs.registries import walk as commands

RECOGNITION = re.compile(
    r"fac(e|ial)(?!book)|gait|biometr|(?<!tem)plate|alpr|\blpr|hyperlpr|opencv|^cv2?$|dlib|insight|mtcnn"
    r"|iris|fingerprint|openpose|mediapipe|yolo|reid|torch|tensorflow|keras|onnx|paddle|arcface"
)
# Names that hold such letters and are something else.
OTHERWISE = {"maplebridge.kernel.faces"}
MODELS_ELSEWHERE = re.compile(
    r"openai|anthropic|langchain|llama|transformers|huggingface|cohere|dashscope|zhipu|qianfan"
)
# Ways out of the machine. The listening side (servers, the database) is not among them.
WAYS_OUT = re.compile(
    r"^(requests|httpx|aiohttp|urllib3|urllib\.request|http\.client|ftplib|smtplib|telnetlib"
    r"|paramiko|websockets?|grpc|xmlrpc)(\.|$)"
)
PERSON_KEY = re.compile(
    r"phone|mobile|tel\b|name|id_?(number|card|no)|passport|plate|face|person|people|resident"
    r"|citizen|account|user|birth|contact|wechat|email|device|imei"
)


def test_a04_no_locked_package_recognises_people() -> None:
    held = walks.locked()
    assert len(held) > 50
    assert not [name for name in held if RECOGNITION.search(name)]


def test_a04_no_import_recognises_people_and_one_file_reads_pictures() -> None:
    used = walks.imports()
    assert not [n for n in used if RECOGNITION.search(n.lower()) and n not in OTHERWISE]
    pictures = {
        file for name, files in used.items() if name.split(".")[0] == "PIL" for file in files
    }
    assert pictures == {
        "incidents/pictures.py",  # re-encodes, which drops where it was taken
        "shell/appicon.py",  # draws our own mark, and reads no picture of anybody
    }


def test_a05_no_address_takes_a_person() -> None:
    """Parts of addresses: public codes, codes of places and teams, numbers of orders.

    The one person is a member in the captain's list; nobody else's address finds anybody.
    """
    taken = {name for _path, pattern in walks.addresses() for name in pattern.pattern.converters}
    assert taken == {
        "alarm_id", "call_id", "code", "metric", "offer_id", "order_id", "picture_id", "verb",
        "version_id",
        "correction_id", "kind",
        "other",  # the code of a second matter, to compare the two
        "size",  # of the app's icon, in pixels
        "sheet_id",  # of a shift that was handed over
        "volunteer_id",  # of the captain's own team, and of no other
    }  # fmt: skip
    words = {word for path, _p in walks.addresses() for word in re.split(r"[/<>:.\-]", path)}
    assert not [word for word in words if PERSON_KEY.search(word) and word != "contact"]
    assert not {"search", "find", "lookup", "persons", "export"} & words


def test_a05_no_query_takes_a_person() -> None:
    asked = walks.asked_by_address()
    assert asked == {
        "network", "lon", "lat",  # the map
        "page", "part", "order", "q", "place_words", "day",  # lists; q holds names of places
        "code", "before", "next",
        "key",  # which part of a figure: a kind of matter, an agency
        "minute",  # of a day that is replayed on the wall
        "open",  # the code of the matter that the queue stands beside
        "unfilled",  # whether the page's form still waits for suggestions
    }  # fmt: skip


def test_a05_forms_take_a_name_or_a_number_only_to_answer_and_to_sign_in() -> None:
    given = {pair for pair in walks.form_fields() if PERSON_KEY.search(pair[1])}
    assert given == {
        ("CallForm", "name"), ("CallForm", "phone"), ("ReportForm", "phone"),  # to be called back
        ("OrderForm", "phone"),  # so that who ordered help can be reached
        ("CallForm", "safe_contact"), ("ReportForm", "safe_contact"),
        ("TriageForm", "safe_contact"),
        ("SurveyForm", "contacted"),  # whether the resident was
        # For the call to the bank while money is on its way out; sealed, never searched.
        ("StopPaymentForm", "own_account"), ("StopPaymentForm", "counter_account"),
        ("SignInForm", "username"),
        ("SampleForm", "phone"),  # the gallery of parts, in the demonstration only
        ("ZoneForm", "name"), ("ZoneForm", "name_en"),  # of a zone of a station
        ("ReturnForm", "names_agency"),  # which agency is competent
    }, "a form takes a person: what for?"  # fmt: skip


def test_a05_the_api_takes_a_person_only_as_the_contact_of_a_report() -> None:
    schema = api.get_openapi_schema()
    parameters = {
        parameter["name"]
        for path in schema["paths"].values()
        for way in path.values()
        for parameter in way.get("parameters", [])
    }
    assert parameters == {"code"}
    fields = {
        (name, field)
        for name, held in schema["components"]["schemas"].items()
        for field in held.get("properties", {})
        if PERSON_KEY.search(field)
    }
    assert fields == {
        ("ContactSchema", "name"), ("ContactSchema", "phone"), ("ReportIn", "contact"),
        ("ContactSchema", "safe_contact"),
    }  # fmt: skip


def test_a08_the_browser_is_asked_where_it_is_once_and_never_watched() -> None:
    scripts = [
        path
        for path in (walks.ROOT / "frontend" / "src").rglob("*.ts")
        if "geolocation" in path.read_text("utf-8")
    ]
    assert [path.name for path in scripts] == ["here.ts"]
    assert "watchPosition" not in scripts[0].read_text("utf-8")
    # A worker in the background could wake by itself. Ours keeps pages and answers requests of
    # its pages: it has no event of its own by which to wake, and says nothing to the server. The
    # click is a person's, on a notification that an open page has shown.
    worker = (walks.ROOT / "frontend" / "src" / "sw.ts").read_text("utf-8")
    listens = set(re.findall(r'addEventListener\("(\w+)"', worker))
    assert listens == {"install", "activate", "fetch", "message", "notificationclick"}
    sources = [path.read_text("utf-8") for path in (walks.ROOT / "frontend" / "src").rglob("*.ts")]
    assert not [text for text in sources if "pushManager" in text], "nothing wakes it from outside"
    assert not re.search(r"position|\bsync\b|SyncManager|POST", worker)


def test_a13_nothing_can_be_deleted_and_there_is_no_back_door_to_rows() -> None:
    paths = [path for path, _p in walks.addresses()]
    assert not [path for path in paths if re.search(r"delete|remove|admin|sql|shell", path)]
    ways = {way for path in api.get_openapi_schema()["paths"].values() for way in path}
    assert ways == {"get", "post"}
    assert not [name for name in walks.imports() if name.startswith("django.contrib.admin")]


def test_a16_no_command_and_no_address_exports_rows() -> None:
    leaving = re.compile(r"export|dump|download|csv|xlsx|bulk|backup")
    assert not [name for name, _c in commands(main) if leaving.search(name)]
    assert not [path for path, _p in walks.addresses() if leaving.search(path)]
    writers = {
        file
        for name, files in walks.imports().items()
        if name.split(".")[0] in {"csv", "openpyxl", "pandas", "xlsxwriter"}
        for file in files
    }
    own = "teams/web/points.py"  # a volunteer's own ledger, to take along; see the next test
    readers = {"exchange/files.py", "brain/learning/tables.py"}
    assert writers == {*readers, own}
    for file in readers:
        text = (walks.PACKAGE / file).read_text("utf-8")
        assert "csv.writer" not in text and "DictWriter" not in text, "it reads, and writes none"


def test_a16_the_one_file_that_leaves_is_the_own_ledger_and_takes_no_number() -> None:
    (path,) = {path for path, _p in walks.addresses() if path.startswith("field/me/points")}
    assert re.findall(r"<[^>]+>", path) == ["<slug:kind>"], "csv or json, and whose is not asked"


def test_a21_no_model_elsewhere_and_no_way_out() -> None:
    assert not [name for name in walks.locked() if MODELS_ELSEWHERE.search(name)]
    used = walks.imports()
    out = {name: sorted(files) for name, files in used.items() if WAYS_OUT.search(name)}
    assert not out, out
    brain = [file for name, files in used.items() if name.split(".")[0] in
             {"socket", "urllib", "http", "subprocess", "django", "os"}
             for file in files if file.startswith("brain/")]  # fmt: skip
    assert not brain


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (RECOGNITION, ("face-recognition", "dlib", "opencv-python", "hyperlpr3", "gaitset")),
        (WAYS_OUT, ("requests", "httpx", "urllib.request", "http.client")),
        (PERSON_KEY, ("phone", "id_number", "name", "account")),
        (MODELS_ELSEWHERE, ("openai", "transformers")),
    ],
)
def test_the_patterns_see_what_they_are_for(
    pattern: re.Pattern[str], words: tuple[str, ...]
) -> None:
    assert all(pattern.search(word) for word in words)
