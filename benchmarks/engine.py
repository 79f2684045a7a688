"""How much the engine's own code adds to JavaRosa's work, and what `simulate` takes. Run: python benchmarks/engine.py

Prints the figures of one run: filled household interviews a second and their time as a multiple of bare JavaRosa calls that
give the same answers (goal: at most 2), once with the choices on offer asked for, as a phone must, and once without; the start
of a worker (goal: under 1 s); a call to a warm one. The multiples are medians over rounds, each of which times all three.

Then a table of `simulate` for household interviews: cold in a process of its own, and warm after 150 in the same one; seconds of
processor, Java included, and of waiting, medians of three.
"""

import os
import resource
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from statistics import median

from liuwen.engine import Engine, engine
from liuwen.engine.formwalk import QUESTION
from liuwen.logic.days import PERIOD
from liuwen.questionnaires import household_interview
from liuwen.questionnaires.town import made_up_town
from liuwen.simulation import simulate
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


def cold(count: int) -> tuple[float, float]:
    """Seconds of processor and of waiting for made-up interviews in a process of their own, all that it starts included."""
    code = f"import liuwen as lw; lw.simulate(lw.questionnaires.household_interview(), {count}, seed=7)"
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    waited, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, waited


def warm(count: int, seed: int) -> tuple[float, float]:
    """The same in this process, whose worker has filled in the form before."""
    before, began = spent(), time.perf_counter()
    simulate(household_interview(), count, seed=seed)
    return spent() - before, time.perf_counter() - began


def spent() -> float:
    """Seconds of processor so far of this process and of the engine's worker (on Linux)."""
    fields = Path(f"/proc/{engine().pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def print_simulated() -> None:
    """The table of `simulate`."""
    print("| household interviews | CPU (s) | wall (s) |\n|---|---|---|")
    for count in (1, 150, 1000):
        taken = [median(column) for column in zip(*(cold(count) for _ in range(3)), strict=True)]
        print(f"| {count}, cold | {taken[0]:.2f} | {taken[1]:.2f} |", flush=True)
    simulate(household_interview(), 150)
    taken = [median(column) for column in zip(*(warm(150, seed) for seed in range(2, 5)), strict=True)]
    print(f"| 150, warm | {taken[0]:.2f} | {taken[1]:.2f} |")


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
    print_simulated()


if __name__ == "__main__":
    main()
