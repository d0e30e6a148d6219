import reflex as rx
from taper_app.pwa.store import store, call
class S(rx.State):
    n: int = 0
    @rx.event
    def inc(self):
        self.n += 1
def index():
    return rx.el.main(rx.el.h1("Today"), rx.cond(store.ready, rx.el.ul(rx.foreach(store.doses, lambda d: rx.el.li(d.label, " ", rx.cond(d.taken, "taken", "open"), rx.el.button("Took it", on_click=call("take", d.id, 3))))), rx.el.p("Loading")),
      rx.el.svg(rx.el.path(d="M0 0 L10 10"), viewBox="0 0 10 10"))
def plan():
    return rx.el.main(rx.el.h1("Plan"), rx.el.button("inc", on_click=S.inc), rx.el.p(S.n))
app = rx.App(toaster=None, stylesheets=["/taper.css"], app_wraps={}, html_lang="en")
app.add_page(index, route="/", title="Today")
app.add_page(plan, route="/plan", title="Plan")
