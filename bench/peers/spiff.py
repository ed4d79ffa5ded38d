"""SpiffWorkflow on the same chain of decisions: its JSON saved and loaded for each, in memory or in SQLite."""

import sqlite3
import tempfile
import time
from pathlib import Path

_DECISIONS = 5  # of one case: two, a pair, one more

BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="http://bench.example">
 <bpmn:process id="chain" isExecutable="true">
  <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:userTask id="one"><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
  <bpmn:userTask id="two"><bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing></bpmn:userTask>
  <bpmn:parallelGateway id="split"><bpmn:incoming>f3</bpmn:incoming>
   <bpmn:outgoing>f4</bpmn:outgoing><bpmn:outgoing>f5</bpmn:outgoing></bpmn:parallelGateway>
  <bpmn:userTask id="left"><bpmn:incoming>f4</bpmn:incoming><bpmn:outgoing>f6</bpmn:outgoing></bpmn:userTask>
  <bpmn:userTask id="right"><bpmn:incoming>f5</bpmn:incoming><bpmn:outgoing>f7</bpmn:outgoing></bpmn:userTask>
  <bpmn:parallelGateway id="join"><bpmn:incoming>f6</bpmn:incoming><bpmn:incoming>f7</bpmn:incoming>
   <bpmn:outgoing>f8</bpmn:outgoing></bpmn:parallelGateway>
  <bpmn:userTask id="last"><bpmn:incoming>f8</bpmn:incoming><bpmn:outgoing>f9</bpmn:outgoing></bpmn:userTask>
  <bpmn:endEvent id="end"><bpmn:incoming>f9</bpmn:incoming></bpmn:endEvent>
  <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="one"/>
  <bpmn:sequenceFlow id="f2" sourceRef="one" targetRef="two"/>
  <bpmn:sequenceFlow id="f3" sourceRef="two" targetRef="split"/>
  <bpmn:sequenceFlow id="f4" sourceRef="split" targetRef="left"/>
  <bpmn:sequenceFlow id="f5" sourceRef="split" targetRef="right"/>
  <bpmn:sequenceFlow id="f6" sourceRef="left" targetRef="join"/>
  <bpmn:sequenceFlow id="f7" sourceRef="right" targetRef="join"/>
  <bpmn:sequenceFlow id="f8" sourceRef="join" targetRef="last"/>
  <bpmn:sequenceFlow id="f9" sourceRef="last" targetRef="end"/>
 </bpmn:process>
</bpmn:definitions>"""


def peer(cases: int, *, database: bool) -> tuple[float, float] | None:
    """SpiffWorkflow's decisions a second and its processor's milliseconds for each; None where it is not installed."""
    try:
        from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser  # noqa: PLC0415 - not always there
        from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer  # noqa: PLC0415
        from SpiffWorkflow.bpmn.workflow import BpmnWorkflow  # noqa: PLC0415
        from SpiffWorkflow.util.task import TaskState  # noqa: PLC0415
    except ImportError:
        return None
    serializer = BpmnWorkflowSerializer()
    with tempfile.TemporaryDirectory(prefix="jucai-bench-") as folder:
        parser = BpmnParser()
        source = Path(folder) / "chain.bpmn"
        source.write_text(BPMN, encoding="utf-8")
        parser.add_bpmn_file(str(source))
        specification = parser.get_spec("chain")
        connection = sqlite3.connect(Path(folder) / "peer.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE workflow (id INTEGER PRIMARY KEY, state TEXT NOT NULL)")

        texts = []
        for number in range(1, cases + 1):
            workflow = BpmnWorkflow(specification)
            workflow.do_engine_steps()
            texts.append(serializer.serialize_json(workflow))
            if database:
                connection.execute("INSERT INTO workflow VALUES (?, ?)", (number, texts[-1]))
        made, begun, worked = 0, time.perf_counter(), time.process_time()
        for number, opened in enumerate(texts, start=1):
            text, finished = opened, False
            while not finished:
                if database:
                    text = connection.execute("SELECT state FROM workflow WHERE id = ?", (number,)).fetchone()[0]
                workflow = serializer.deserialize_json(text)
                task = next(iter(workflow.get_tasks(state=TaskState.READY, manual=True)))
                task.data[task.task_spec.name] = {"verdict": "approve", "opinion": "经审核，同意。"}
                task.run()
                workflow.do_engine_steps()
                text = serializer.serialize_json(workflow)
                if database:
                    connection.execute("UPDATE workflow SET state = ? WHERE id = ?", (text, number))
                made, finished = made + 1, workflow.is_completed()
        taken, worked = time.perf_counter() - begun, time.process_time() - worked
        assert made == _DECISIONS * cases
        connection.close()
        return made / taken, 1000 * worked / made
