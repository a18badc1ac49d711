"""Pages of surveys and exit interviews: no log-in, no cookies, no script; made for a phone held in one hand (390 px)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from liuke.act.surveys.domain import RANGE, Scale, answer_of, may_change
from liuke.act.surveys.links import Linked, link_read
from liuke.act.surveys.service import answer_kept, survey_answer, survey_customer
from liuke.base.errors import LiukeError
from liuke.base.times import utc_now
from liuke.base.words import render
from liuke.facts.store.models import Customer
from liuke.learn.domain.interview import KEPT_BY, REASONS, RETURN, answers_of
from liuke.learn.service.interviews import EXIT, interview_answer, interview_done
from liuke.show.api.public import HEADERS

_PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{title}</title><style>
body{{font-family:system-ui,sans-serif;max-width:32rem;margin:0 auto;padding:1.25rem 1rem 3rem;line-height:1.6;color:#1f2733}}
h1{{font-size:1.2rem}}fieldset{{border:0;padding:0;margin:1.25rem 0}}legend{{font-weight:600;margin-bottom:.5rem}}
.scale{{display:grid;grid-template-columns:repeat(auto-fit,minmax(44px,1fr));gap:6px}}
.scale label,.list label{{display:block;border:1px solid #c5ccd6;border-radius:8px;min-height:44px;text-align:center;line-height:44px}}
.list label{{text-align:left;padding:0 .75rem;margin-bottom:6px}}input[type=radio],input[type=checkbox]{{accent-color:#1d4ed8}}
.scale input{{position:absolute;opacity:0}}label:has(input:checked){{background:#e5edff;border-color:#1d4ed8;font-weight:600}}
label:has(input:focus-visible){{outline:2px solid #1d4ed8}}
.ends{{display:flex;justify-content:space-between;color:#5b6675;font-size:.85rem}}
textarea,input[type=text],input[type=number],select{{width:100%;box-sizing:border-box;font:inherit;padding:.6rem;border:1px solid #c5ccd6;
border-radius:8px;min-height:44px}}button{{width:100%;font:inherit;min-height:48px;border:0;border-radius:8px;background:#1d4ed8;color:#fff}}
.fault{{color:#b42318}}</style><body><h1>{title}</h1>{body}</body></html>"""
_FORM = '<form method="post">{fields}<button>{button}</button></form>'

Words = Callable[..., str]


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def survey_page(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST answers; for ten minutes an answer may be changed. A link that is unknown, too old or of nobody says so."""
    linked = link_read(token)
    customer = survey_customer(linked) if linked and linked.what in set(Scale) else None
    if linked is None or customer is None:
        return _gone()
    words, kept = _words(customer), answer_kept(linked)
    fault = ""
    if request.method == "POST":
        refused = _refused(linked, request)
        if refused is None:
            return _page(customer, "thanks", f"<p>{escape(words('survey.thanks'))}</p>{_change(words)}")
        fault, kept = words(f"errors.{refused.code}", **refused.params), answer_kept(linked)
    if kept is not None and not may_change(kept.first_at, utc_now()):
        return _page(customer, "thanks", f"<p>{escape(words('survey.answered'))}</p>")
    chosen, text = (kept.score, kept.text) if kept else (None, request.POST.get("text", ""))
    fields = _scale(Scale(linked.what), chosen, words) + _text("text", words("survey.text"), text)
    return _asked(customer, f"ask.{linked.what}", fields, fault)


def _refused(linked: Linked, request: HttpRequest) -> LiukeError | None:
    """Keeps the answer of the form; or what is wrong with it."""
    try:
        answer = answer_of(linked.what, request.POST.get("score", ""), request.POST.get("text", ""))
        survey_answer(linked=linked, answer=answer)
    except LiukeError as error:
        return error
    return None


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def interview_page(request: HttpRequest, token: str) -> HttpResponse:
    """Where a customer who left says why: cause, reason, rival, what would have kept them; once per link."""
    linked = link_read(token)
    customer = survey_customer(linked) if linked and linked.what == EXIT else None
    if linked is None or customer is None:
        return _gone()
    words, fault = _words(customer), ""
    if interview_done(linked):
        return _page(customer, "thanks", f"<p>{escape(words('survey.answered'))}</p>")
    if request.method == "POST":
        try:
            _answer(linked, request)
            return _page(customer, "thanks", f"<p>{escape(words('survey.thanks'))}</p>")
        except LiukeError:
            fault = words("interview.faults")
    return _asked(customer, "exit", _questions(words), fault)


def _answer(linked: Linked, request: HttpRequest) -> None:
    cause, _, reason = request.POST.get("reason", "").partition(".")
    told: dict[str, object] = {name: request.POST.get(name, "") for name in ("competitor", "would_return", "why", "improve")}
    interview_answer(
        linked=linked, answers=answers_of({**told, "cause": cause, "reason": reason, "kept_by": request.POST.getlist("kept_by")})
    )


def _questions(words: Words) -> str:
    reasons = {f"{cause.value}.{one}": words(f"interview.reason.{one}") for cause, ones in REASONS.items() for one in ones}
    options = "".join(f'<option value="{code}">{escape(text)}</option>' for code, text in reasons.items())
    select = f'<select name="reason" required><option value="">{escape(words("interview.choose"))}</option>{options}</select>'
    kept = _list("kept_by", "checkbox", {one: words(f"interview.kept.{one}") for one in KEPT_BY})
    returns = _list("would_return", "radio", {one: words(f"interview.return.{one}") for one in RETURN})
    rival = '<input type="text" name="competitor" maxlength="80">'
    return "".join((
        _field(words("interview.ask.reason"), select),
        _field(words("interview.ask.competitor"), rival),
        _field(words("interview.ask.kept_by"), kept),
        _field(words("interview.ask.would_return"), returns),
        _text("why", words("interview.ask.why"), ""),
        _text("improve", words("interview.ask.improve"), ""),
    ))  # fmt: skip


def _scale(scale: Scale, chosen: int | None, words: Words) -> str:
    low, high = RANGE[scale]
    marks = "".join(
        f'<label><input type="radio" name="score" value="{mark}" required{" checked" if mark == chosen else ""}>{mark}</label>'
        for mark in range(low, high + 1)
    )
    ends = (
        f'<div class="ends"><span>{escape(words(f"survey.low.{scale}"))}</span><span>{escape(words(f"survey.high.{scale}"))}</span></div>'
    )
    return f'<fieldset><legend>{escape(words(f"survey.question.{scale}"))}</legend><div class="scale">{marks}</div>{ends}</fieldset>'


def _list(name: str, kind: str, options: Mapping[str, str]) -> str:
    items = (f'<label><input type="{kind}" name="{name}" value="{code}"> {escape(text)}</label>' for code, text in options.items())
    return f'<div class="list">{"".join(items)}</div>'


def _text(name: str, label: str, text: str) -> str:
    return _field(label, f'<textarea name="{name}" rows="4" maxlength="2000">{escape(text)}</textarea>')


def _field(label: str, control: str) -> str:
    return f"<fieldset><legend>{escape(label)}</legend>{control}</fieldset>"


def _form(fields: str, button: str) -> str:
    return _FORM.format(fields=fields, button=escape(button))


def _fault(text: str) -> str:
    return f'<p class="fault" role="alert">{escape(text)}</p>' if text else ""


def _change(words: Words) -> str:
    return f'<p><a href="">{escape(words("survey.change"))}</a></p>'


def _words(customer: Customer) -> Words:
    language = customer.workspace.locale

    def words(key: str, **params: object) -> str:
        return render(key, params, language=language)

    return words


def _gone() -> HttpResponse:
    text = render("survey.gone", {}, language="zh-CN")
    body = _PAGE.format(language="zh-CN", title=escape(text), body="")
    return HttpResponse(body, status=404, headers=HEADERS)


def _asked(customer: Customer, what: str, fields: str, fault: str) -> HttpResponse:
    """The page with its form; 422 where it comes back with a fault."""
    form = _form(fields, _words(customer)("survey.send"))
    return _page(customer, what, _fault(fault) + form, status=422 if fault else 200)


def _page(customer: Customer, what: str, body: str, *, status: int = 200) -> HttpResponse:
    language = customer.workspace.locale
    title = render(f"survey.title.{what}", {"company": customer.workspace.name}, language=language)
    page = _PAGE.format(language=escape(language), title=escape(title), body=body)
    return HttpResponse(page, status=status, headers=HEADERS)
