"""How much the engine's own code adds to JavaRosa's work. Run: python benchmarks/engine.py

Prints the figures of one run: filled household interviews a second and their time as a multiple of bare JavaRosa calls that
give the same answers (goal: at most 2), once with the choices on offer asked for, as a phone must, and once without; the start
of a worker (goal: under 1 s); a call to a warm one. The multiples are medians over rounds, each of which times all three.
"""

import time
from itertools import pairwise
from statistics import median

from liuwen.engine import Engine
from liuwen.engine.formwalk import QUESTION
from liuwen.logic.days import PERIOD
from liuwen.questionnaires import household_interview
from liuwen.questionnaires.town import made_up_town
from liuwen.simulation.filling import Filler, Job
from liuwen.simulation.visits import VisitPlan

SELECTS = (2, 3, 16)  # JavaRosa's control types
INTERVIEWS = 50
ROUNDS = 12


def filled_and_bare(job: Job, count: int, rounds: int) -> list[tuple[float, float, float]]:
    """Inside the worker: seconds for `count` simulated interviews, for the same by bare calls, and for those without choices."""
    from liuwen.engine.formwalk import FormWalk
    from liuwen.logic.limits import facts_of
    from liuwen.simulation.filling import phone_of

    walk = FormWalk(job.xml, job.media, phone=phone_of(job.plan, 0))
    recorder = _Recorder(walk, facts_of(job.xml), job)
    scripts = [recorder.script(number) for number in range(count)]
    filler = Filler(walk, facts_of(job.xml), job)
    figures = []
    for _ in range(rounds):
        began = time.thread_time()
        for number in range(count):
            filler.visit(number)
        times = [began, time.thread_time()]
        for choices in (True, False):
            for script in scripts:
                _bare(walk, script, choices=choices)
            times.append(time.thread_time())
        figures.append(tuple(later - earlier for earlier, later in pairwise(times)))
    return figures


class _Recorder(Filler):
    """Writes down what a visit answers, event by event."""

    def script(self, number: int) -> list[tuple[str, object]]:
        self.events: list[tuple[str, object]] = []
        self.visit(number)
        return self.events

    def go(self, *arguments, **options):
        walk, step, add, remove = self.walk, self.walk.step, self.walk.add_repeat, self.walk.remove_repeat
        walk.step = lambda: (self.events.append(("step", None)), step())[1]
        walk.add_repeat = lambda: (self.events.append(("add", None)), add())[1]
        walk.remove_repeat = lambda: (self.events.append(("remove", None)), remove())[1]
        try:
            super().go(*arguments, **options)
        finally:
            walk.step, walk.add_repeat, walk.remove_repeat = step, add, remove

    def note(self, item, prompt, text):
        if text is not None:
            self.events.append(("answer", self.walk.data(item, text)))


def _bare(walk, script, *, choices: bool) -> bytes:
    """The same answers, given to JavaRosa's own objects with nothing in between."""
    import jpype

    definition = walk.definition
    definition.getMainInstance().setRoot(walk._loaded._blank.deepCopy(True))
    definition.initialize(True, walk._initialisation)
    controller, model = walk._controller, walk._model
    controller.jumpToIndex(jpype.JClass("org.javarosa.core.model.FormIndex").createBeginningOfFormIndex())
    for what, data in script:
        if what == "step":
            if controller.stepToNextEvent() == QUESTION:
                prompt = model.getQuestionPrompt()  # without which nobody knows what is asked
                if choices and prompt.getControlType() in SELECTS:
                    prompt.getSelectChoices()
        elif what == "answer":
            controller.answerQuestion(data, True)
        elif what == "add":
            controller.newRepeat()
        else:
            controller.jumpToIndex(controller.deleteRepeat())
            controller.stepToPreviousEvent()
    definition.validate(True)
    controller.finalizeFormEntry()
    visitor = jpype.JClass("org.javarosa.model.xform.XFormSerializingVisitor")()
    return bytes(visitor.serializeInstance(definition.getMainInstance()))


def main() -> None:
    """Measure and print."""
    began = time.perf_counter()
    own = Engine()
    own.start()
    start = time.perf_counter() - began
    own.call(abs, -1)
    began = time.perf_counter()
    for _ in range(500):
        own.call(abs, -1)
    call = (time.perf_counter() - began) / 500
    form = household_interview(made_up_town())
    job = Job(form.to_xform(), dict(form.media), VisitPlan(1, INTERVIEWS, *PERIOD, 5, 0.0, 0.03), {})
    figures = own.call(filled_and_bare, job, INTERVIEWS, ROUNDS, timeout=900)
    own.close()
    filled, bare, _ = (median(column) for column in zip(*figures, strict=True))
    beside, without = (median(figure[0] / figure[peer] for figure in figures) for peer in (1, 2))
    print(f"filled interviews: {INTERVIEWS / filled:.0f} a second, by bare JavaRosa calls {INTERVIEWS / bare:.0f}")
    print(f"overhead: {beside:.2f} times bare calls (goal: at most 2); {without:.2f} without asking for choices")
    print(f"worker start: {start:.2f} s (goal: under 1)")
    print(f"a call to a warm worker: {call * 1e6:.0f} µs")


if __name__ == "__main__":
    main()
