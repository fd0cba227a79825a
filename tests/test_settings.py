"""The operator hears everything that is missing or wrong at once, and no secret shows."""

from pathlib import Path

import pytest

from bot.settings import PREFIX, SettingsError, is_loopback, read_settings

WHOLE = {"DATA": "/var/lib/samenspraak", "PUBLIC_URL": "https://samenspraak.voorbeeld.nl"}


class Environment:
    """The settings someone made, and nothing else."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch

    def has(self, **values: str) -> None:
        for name, value in values.items():
            self.patch.setenv(PREFIX + name, value)

    def problems(self, file: Path | None = None) -> tuple[str, ...]:
        with pytest.raises(SettingsError) as caught:
            read_settings(file)
        return caught.value.problems


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Environment:
    return Environment(monkeypatch)


def test_two_settings_are_enough_to_run_without_telegram(environment: Environment) -> None:
    environment.has(**WHOLE)

    settings = read_settings()

    assert settings.data == Path("/var/lib/samenspraak")
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.telegram_token is None
    assert settings.smtp is None


def test_everything_that_is_missing_or_wrong_is_told_at_once(environment: Environment) -> None:
    environment.has(
        PUBLIC_URL="http://samenspraak.voorbeeld.nl",
        WEB="8080",
        TELEGRAM_TOKEN="geheim",
        TELEGRAM_API="https://api.telegram.org/bot",
        SMTP="mail.voorbeeld.nl",
        LEAVE_TO="http://voorbeeld.nl",
        TELEGRM_API="https://api.telegram.org",
    )

    told = "\n".join(environment.problems())

    for name in ("DATA ontbreekt", "PUBLIC_URL klopt niet", "WEB klopt niet", "SMTP klopt niet"):
        assert PREFIX + name in told
    for name in ("TELEGRAM_TOKEN klopt niet", "TELEGRAM_API klopt niet", "LEAVE_TO klopt niet"):
        assert PREFIX + name in told
    assert "TELEGRM_API is geen instelling" in told
    assert f"Bedoel je {PREFIX}TELEGRAM_API?" in told


def test_each_problem_says_what_to_set(environment: Environment) -> None:
    problems = environment.problems()

    assert problems == (
        "- SAMENSPRAAK_DATA ontbreekt."
        " Geef de map voor de gegevens, bijvoorbeeld /var/lib/samenspraak.",
        "- SAMENSPRAAK_PUBLIC_URL ontbreekt. Geef het adres waarop mensen de dienst vinden,"
        " bijvoorbeeld https://samenspraak.voorbeeld.nl.",
    )


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8080", "http://[::1]:8080", "http://localhost:9", "https://een.voorbeeld/"],
)
def test_plain_http_is_for_this_machine_alone(environment: Environment, url: str) -> None:
    environment.has(**WHOLE | {"PUBLIC_URL": url, "TELEGRAM_API": url})

    settings = read_settings()

    assert settings.public_url == settings.telegram_api == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1.voorbeeld.nl",
        "https://naam:geheim@voorbeeld.nl",
        "https://voorbeeld.nl/pad",
        "https://voorbeeld.nl?vraag",
        "https://voorbeeld.nl:poort",
        "ftp://voorbeeld.nl",
        "https://",
        "voorbeeld.nl",
    ],
)
def test_an_address_that_could_leak_or_mislead_is_refused(
    environment: Environment, url: str
) -> None:
    environment.has(**WHOLE | {"PUBLIC_URL": url})

    assert len(environment.problems()) == 1


@pytest.mark.parametrize("web", ["127.0.0.1", "naam@127.0.0.1:80", "127.0.0.1:80/pad", "a:99999"])
def test_where_to_listen_is_an_address_and_a_port(environment: Environment, web: str) -> None:
    environment.has(**WHOLE | {"WEB": web})

    assert environment.problems() == (
        "- SAMENSPRAAK_WEB klopt niet. Geef adres:poort, bijvoorbeeld 127.0.0.1:8080.",
    )


def test_an_ipv6_address_can_be_listened_on(environment: Environment) -> None:
    environment.has(**WHOLE | {"WEB": "[::1]:8443"})

    settings = read_settings()

    assert (settings.host, settings.port) == ("::1", 8443)


def test_leaving_leads_to_any_page_over_https(environment: Environment) -> None:
    environment.has(**WHOLE | {"LEAVE_TO": "https://weer.voorbeeld.nl/vandaag?plaats=linde"})

    assert read_settings().leave_to == "https://weer.voorbeeld.nl/vandaag?plaats=linde"


@pytest.mark.parametrize(
    "url",
    [
        "https://schrijft.voorbeeld.nl",
        "https://schrijft.voorbeeld.nl/v1/audio/transcriptions",
        "http://127.0.0.1:9000",
        "http://localhost:9000/stem",
        "http://[::1]:9000",
    ],
)
def test_recordings_go_to_a_service_over_https_or_on_this_machine(
    environment: Environment, url: str
) -> None:
    environment.has(**WHOLE | {"TRANSCRIPTION_URL": url})

    assert read_settings().transcription_url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://schrijft.voorbeeld.nl",
        "http://10.0.0.7:9000",
        "ftp://127.0.0.1",
        "https://naam:geheim@schrijft.voorbeeld.nl",
        "https://schrijft.voorbeeld.nl?sleutel=geheim",
        "127.0.0.1:9000",
    ],
)
def test_recordings_never_travel_in_the_open(environment: Environment, url: str) -> None:
    environment.has(**WHOLE | {"TRANSCRIPTION_URL": url})

    (problem,) = environment.problems()
    assert "TRANSCRIPTION_URL klopt niet" in problem


def test_an_empty_setting_counts_as_not_set(environment: Environment) -> None:
    environment.has(**WHOLE | {"TELEGRAM_TOKEN": "", "SMTP": ""})

    assert read_settings().telegram_token is None


def test_no_secret_shows(environment: Environment) -> None:
    """Not in a repr, and not in what is told about a wrong value."""
    environment.has(
        **WHOLE | {"TELEGRAM_TOKEN": "123:GEHEIM", "SMTP": "smtps://a:GEHEIM@b.nl?from=a@b.nl"}
    )
    shown = repr(read_settings()) + str(read_settings())
    environment.has(TELEGRAM_TOKEN="GEHEIM", SMTP="GEHEIM", WEB="GEHEIM")

    with pytest.raises(SettingsError) as caught:
        read_settings()

    assert "GEHEIM" not in shown
    assert "GEHEIM" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "url",
    [
        "smtps://naam:woord@mail.voorbeeld.nl:465?from=bureau@voorbeeld.nl",
        "smtp://bureau%40voorbeeld.nl:woord@mail.voorbeeld.nl",
        "smtp://127.0.0.1:2525?from=bureau@voorbeeld.nl",
    ],
)
def test_a_mail_server_has_a_sender(environment: Environment, url: str) -> None:
    environment.has(**WHOLE | {"SMTP": url})

    assert read_settings().smtp is not None


@pytest.mark.parametrize(
    "url",
    [
        "smtps://naam:woord@mail.voorbeeld.nl:465",
        "https://mail.voorbeeld.nl?from=bureau@voorbeeld.nl",
        "smtps://?from=bureau@voorbeeld.nl",
        "smtps://mail.voorbeeld.nl?from=bureau",
    ],
)
def test_a_mail_server_without_one_is_refused(environment: Environment, url: str) -> None:
    environment.has(**WHOLE | {"SMTP": url})

    (problem,) = environment.problems()

    assert problem.startswith("- SAMENSPRAAK_SMTP klopt niet.")


def test_a_file_fills_in_what_the_environment_has_not(
    environment: Environment, tmp_path: Path
) -> None:
    file = tmp_path / "instellingen"
    file.write_text(
        "# hier\nSAMENSPRAAK_DATA=/uit/het/bestand\nSAMENSPRAAK_WEB='127.0.0.1:9'\nHOME=/x\n"
    )
    environment.has(PUBLIC_URL=WHOLE["PUBLIC_URL"], WEB="127.0.0.1:7")

    settings = read_settings(file)

    assert settings.data == Path("/uit/het/bestand")
    assert settings.port == 7


def test_a_slip_in_the_file_is_told_too(environment: Environment, tmp_path: Path) -> None:
    file = tmp_path / "instellingen"
    file.write_text("SAMENSPRAAK_DATUM=1\n")
    environment.has(**WHOLE)

    assert environment.problems(file) == (
        "- SAMENSPRAAK_DATUM is geen instelling van Samenspraak. Bedoel je SAMENSPRAAK_DATA?",
    )


def test_a_file_that_is_not_there_is_told(environment: Environment, tmp_path: Path) -> None:
    environment.has(**WHOLE)

    (problem,) = environment.problems(tmp_path / "weg")

    assert "is er niet" in problem


def test_a_fail_point_is_no_mistake(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.has(**WHOLE)
    monkeypatch.setenv("SAMENSPRAAK_FAIL_POINT", "write.before_commit:1")

    assert read_settings().data == Path(WHOLE["DATA"])


def test_settings_never_change(environment: Environment) -> None:
    environment.has(**WHOLE)
    settings = read_settings()

    with pytest.raises(ValueError, match="frozen"):
        settings.web = "127.0.0.1:1"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_this_machine_is_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["192.168.1.1", "::", "localhost.voorbeeld.nl", ""])
def test_no_other_machine_is_loopback(host: str) -> None:
    assert not is_loopback(host)
