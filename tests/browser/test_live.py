"""A page of staff shows what has happened elsewhere, without being loaded again, and disturbs nobody at work."""

from playwright.sync_api import Browser, expect

from tests.browser.stage import Stage

DOOR = "/desk/activities/{today}/sessions/{session}"


def test_the_list_at_the_door_follows_what_others_record(
    browser: Browser, stage: Stage
) -> None:
    stage.says.clear()
    with stage.visit(browser, "worker") as page:
        page.goto(stage.address(DOOR))
        groups = page.locator("ul.roster > li")
        before = groups.count()
        page.evaluate("window.same = true")
        party = [{"person": "resident-9"}]
        path = f"/activities/{stage.today}/signups"
        stage.done(path, "resident-9", "resident", party=party)
        expect(groups).to_have_count(before + 1)
        assert page.evaluate("window.same"), "it was not loaded again"
    assert stage.says == []


def test_what_had_the_focus_has_it_after_what_others_record(
    browser: Browser, stage: Stage
) -> None:
    with stage.visit(browser, "worker") as page:
        page.goto(stage.address(DOOR))
        groups = page.locator("ul.roster > li")
        before = groups.count()
        arrived = page.get_by_role("button", name="到了").first
        arrived.focus()
        said = arrived.inner_text()
        party = [{"person": "resident-8"}]
        path = f"/activities/{stage.today}/signups"
        stage.done(path, "resident-8", "resident", party=party)
        expect(groups).to_have_count(before + 1)
        assert page.evaluate("document.activeElement.innerText") == said


def test_where_what_had_the_focus_is_gone_its_card_has_it(
    browser: Browser, stage: Stage
) -> None:
    """What stands there now may undo what another has just done: nothing of it has the focus."""
    with stage.visit(browser, "worker") as page:
        page.goto(stage.address(DOOR))
        card = page.locator("ul.roster > li").first
        card.get_by_role("button", name="到了").first.focus()
        person = card.locator("input[name=person]").first.input_value()
        here = {"session": stage.session, "person": person}
        path = f"/activities/{stage.today}/checkins"
        stage.done(path, "worker-2", "worker", **here)
        expect(card.get_by_role("button", name="点错了")).to_be_visible()
        expect(card).to_be_focused()


def test_who_cannot_be_told_looks_now_and_then(browser: Browser, stage: Stage) -> None:
    with stage.visit(browser, "worker") as page:
        page.clock.install()
        page.route("**/live/*", lambda route: route.fulfill(status=503, body=""))
        with page.expect_response("**/live/*"):
            page.goto(stage.address(DOOR))
        with page.expect_response(stage.address(DOOR)):
            page.clock.run_for(20_000)
