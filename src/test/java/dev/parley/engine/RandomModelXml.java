package dev.parley.engine;

import dev.parley.engine.RandomModel.Block;
import dev.parley.engine.RandomModel.Boundary;
import dev.parley.engine.RandomModel.Branch;
import dev.parley.engine.RandomModel.Condition;
import dev.parley.engine.RandomModel.EventSub;
import dev.parley.engine.RandomModel.Loop;
import dev.parley.engine.RandomModel.Result;
import dev.parley.engine.RandomModel.Sequence;
import dev.parley.engine.RandomModel.Trigger;
import dev.parley.engine.RandomModel.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes a model as BPMN. Messages are simple ones, each named by the node that it is for. */
final class RandomModelXml {
  /** The data objects of every process. */
  static final List<String> DATA = List.of("v0", "v1", "v2");

  private final Set<String> received = new TreeSet<>();
  private final List<String> senders = new ArrayList<>();
  private int flows;

  private RandomModelXml() {}

  /** The whole file. */
  static String write(RandomModel model) {
    var xml = new RandomModelXml();
    var process = xml.container("start", model.body(), model.eventSubs(), DATA);
    return """
    <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xmlns:parley="urn:parley:1" xmlns:tns="urn:random" id="random" targetNamespace="urn:random">
    %s
    <message id="out" name="out"/><message id="none" name="none"/>
    <error id="errorA" errorCode="A"/><error id="errorB" errorCode="B"/>
    <escalation id="escalationA" escalationCode="A"/><escalation id="escalationB" escalationCode="B"/>
    <signal id="go" name="go"/>
    <correlationProperty id="order" name="order">
    <correlationPropertyRetrievalExpression messageRef="tns:none"><messagePath>?order</messagePath></correlationPropertyRetrievalExpression>
    </correlationProperty>
    <collaboration id="c">
    <participant id="us" processRef="tns:random1"/>
    <participant id="partner" parley:endpoint="urn:parley:process:partner"/>
    %s
    <correlationKey id="byOrder" name="byOrder"><correlationPropertyRef>tns:order</correlationPropertyRef></correlationKey>
    </collaboration>
    <process id="random1" isExecutable="true">
    %s
    </process>
    </definitions>
    """
        .formatted(
            xml.received.stream()
                .map(m -> "<message id=\"m_%1$s\" name=\"m_%1$s\"/>".formatted(m))
                .collect(Collectors.joining("\n")),
            IntStream.range(0, xml.senders.size())
                .mapToObj(i -> messageFlow(i, xml.senders.get(i)))
                .collect(Collectors.joining("\n")),
            process);
  }

  private static String messageFlow(int number, String sender) {
    return "<messageFlow id=\"mf%d\" sourceRef=\"%s\" targetRef=\"partner\"/>"
        .formatted(number, sender);
  }

  private String container(
      String start, Sequence body, List<EventSub> eventSubs, List<String> data) {
    return container("<startEvent id=\"%s\"/>".formatted(start), start, body, eventSubs, data);
  }

  private String container(
      String startEvent, String start, Sequence body, List<EventSub> eventSubs, List<String> data) {
    var content = new Content();
    data.forEach(d -> content.node("<dataObject id=\"%1$s\" name=\"%1$s\"/>".formatted(d)));
    content.node(startEvent);
    content.finish(start, body, content.write(body, content.from(start)));
    for (var sub : eventSubs) {
      content.node(
          "<subProcess id=\"%s\" triggeredByEvent=\"true\">%s</subProcess>"
              .formatted(sub.id(), eventSub(sub)));
    }
    return content.toString();
  }

  private String eventSub(EventSub sub) {
    var flag = sub.interrupting() ? "" : "isInterrupting=\"false\"";
    var start = catching("startEvent", sub.start(), sub.trigger(), flag);
    return container(start, sub.start(), sub.body(), List.of(), List.of());
  }

  /** A flow whose target is not known yet: flows are written in the order they were begun. */
  private record Open(int number, String source, String condition) {}

  /** What one process or sub-process holds. */
  private final class Content {
    private final StringBuilder nodes = new StringBuilder();
    private final TreeMap<Integer, String> sequenceFlows = new TreeMap<>();

    void node(String xml) {
      nodes.append(xml).append('\n');
    }

    Open from(String source) {
      return new Open(flows++, source, "");
    }

    private void to(String target, List<Open> open) {
      for (var flow : open) {
        sequenceFlows.put(
            flow.number(),
            "<sequenceFlow id=\"f%d\" sourceRef=\"%s\" targetRef=\"%s\">%s</sequenceFlow>"
                .formatted(flow.number(), flow.source(), target, flow.condition()));
      }
    }

    List<Open> write(Sequence sequence, Open in) {
      var open = List.of(in);
      for (var block : sequence.blocks()) {
        open = write(block, open);
      }
      return open;
    }

    private List<Open> write(Block block, List<Open> in) {
      return switch (block) {
        case Block.Activity activity -> activity(activity, in);
        case Block.Fan(var activity, var branches) -> {
          to(activity.id(), in);
          declare(activity);
          var first = flows;
          var open = open(activity.id(), branches);
          node(activityXml(activity, byDefault(branches, first)));
          yield joined("inclusiveGateway", activity.id() + "_join", branches(branches, open));
        }
        case Block.Choice(var id, boolean inclusive, var branches) -> {
          var kind = inclusive ? "inclusiveGateway" : "exclusiveGateway";
          to(id, in);
          var first = flows;
          var open = open(id, branches);
          node("<%s id=\"%s\" %s/>".formatted(kind, id, byDefault(branches, first)));
          yield joined(kind, id + "_join", branches(branches, open));
        }
        case Block.Fork(var id, var branches) -> {
          to(id, in);
          node("<parallelGateway id=\"%s\"/>".formatted(id));
          var open = branches.stream().map(_ -> from(id)).toList();
          var out = new ArrayList<Open>();
          for (int i = 0; i < branches.size(); i++) {
            out.addAll(write(branches.get(i), open.get(i)));
          }
          yield joined("parallelGateway", id + "_join", out);
        }
        case Block.Race race -> race(race, in);
        case Block.Repeat repeat -> repeat(repeat, in);
        case Block.Catch(var id, var trigger) -> {
          node(catching("intermediateCatchEvent", id, trigger, ""));
          to(id, in);
          yield List.of(from(id));
        }
        case Block.Throw(var id, var result) -> {
          node(throwing("intermediateThrowEvent", id, result));
          to(id, in);
          yield List.of(from(id));
        }
        case Block.End(var id, var result) -> {
          node(throwing("endEvent", id, result));
          to(id, in);
          yield List.of();
        }
      };
    }

    private List<Open> activity(Block.Activity activity, List<Open> in) {
      to(activity.id(), in);
      declare(activity);
      node(activityXml(activity, ""));
      var open = new ArrayList<>(List.of(from(activity.id())));
      open.addAll(boundary(activity));
      return activity.merges() ? joined("exclusiveGateway", activity.id() + "_merge", open) : open;
    }

    private void declare(Block.Activity activity) {
      if (activity.work() instanceof Work.SetList(var target, var _)) {
        node("<dataObject id=\"%1$s\" name=\"%1$s\"/>".formatted(target));
      }
      if (activity.loop() instanceof Loop.Multi multi && !multi.output().isEmpty()) {
        node("<dataObject id=\"%1$s\" name=\"%1$s\"/>".formatted(multi.output()));
      }
    }

    private List<Open> boundary(Block.Activity activity) {
      var open = new ArrayList<Open>();
      for (var event : activity.boundary()) {
        node(
            catching(
                "boundaryEvent",
                event.id(),
                event.trigger(),
                "attachedToRef=\"%s\" cancelActivity=\"%s\""
                    .formatted(activity.id(), event.interrupting())));
        open.addAll(handler(event));
      }
      return open;
    }

    private List<Open> handler(Boundary event) {
      var out = write(event.handler(), from(event.id()));
      if (event.interrupting()) {
        return out;
      }
      finish(event.id(), event.handler(), out);
      return List.of();
    }

    /** A last node may end its token by itself, but not a gateway. */
    void finish(String start, Sequence sequence, List<Open> open) {
      if (sequence.endsAtGateway()) {
        node(throwing("endEvent", start + "_end", new Result.None()));
        to(start + "_end", open);
      }
    }

    private List<Open> open(String source, List<Branch> branches) {
      return branches.stream()
          .map(b -> new Open(flows++, source, condition("conditionExpression", b.condition())))
          .toList();
    }

    private static String byDefault(List<Branch> branches, int first) {
      for (int i = 0; i < branches.size(); i++) {
        if (branches.get(i).condition() instanceof Condition.Otherwise) {
          return "default=\"f%d\"".formatted(first + i);
        }
      }
      return "";
    }

    private List<Open> branches(List<Branch> branches, List<Open> open) {
      var out = new ArrayList<Open>();
      for (int i = 0; i < branches.size(); i++) {
        out.addAll(write(branches.get(i).content(), open.get(i)));
      }
      return out;
    }

    private List<Open> joined(String kind, String id, List<Open> open) {
      if (open.isEmpty()) {
        return List.of();
      }
      node("<%s id=\"%s\"/>".formatted(kind, id));
      to(id, open);
      return List.of(from(id));
    }

    private List<Open> race(Block.Race race, List<Open> in) {
      to(race.id(), in);
      node("<eventBasedGateway id=\"%s\"/>".formatted(race.id()));
      var out = new ArrayList<Open>();
      for (var arm : race.arms()) {
        to(arm.id(), List.of(from(race.id())));
        boolean task = race.tasks() && arm.trigger() instanceof Trigger.Message;
        node(
            task
                ? receive(arm.id(), ((Trigger.Message) arm.trigger()).target())
                : catching("intermediateCatchEvent", arm.id(), arm.trigger(), ""));
        out.addAll(write(arm.content(), from(arm.id())));
      }
      return joined("exclusiveGateway", race.id() + "_join", out);
    }

    private List<Open> repeat(Block.Repeat repeat, List<Open> in) {
      node("<dataObject id=\"%1$s\" name=\"%1$s\"/>".formatted(repeat.counter()));
      node("<exclusiveGateway id=\"%s\"/>".formatted(repeat.id()));
      to(repeat.id(), in);
      var out = write(repeat.content(), from(repeat.id()));
      if (out.isEmpty()) {
        return out;
      }
      var count = repeat.id() + "_count";
      node(script(count, "sum($%s) + 1".formatted(repeat.counter()), repeat.counter(), ""));
      to(count, out);
      var again = repeat.id() + "_again";
      to(again, List.of(from(count)));
      node("<exclusiveGateway id=\"%s\" default=\"f%d\"/>".formatted(again, flows));
      to(repeat.id(), List.of(from(again)));
      var enough = new Condition.Holds(repeat.counter(), repeat.times(), 0);
      return List.of(new Open(flows++, again, condition("conditionExpression", enough)));
    }

    @Override
    public String toString() {
      return nodes + String.join("\n", sequenceFlows.values());
    }
  }

  private String activityXml(Block.Activity activity, String attributes) {
    var id = activity.id();
    var xml =
        switch (activity.work()) {
          case Work.Script(var target, var source, int factor, int summand) ->
              script(
                  id,
                  "(sum($%s) * %d + %d) mod 10".formatted(source, factor, summand),
                  target,
                  attributes);
          case Work.SetList(var target, var values) ->
              script(
                  id,
                  values.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")")),
                  target,
                  attributes);
          case Work.FailingScript() -> script(id, "1 div 0", "v0", attributes);
          case Work.Send(var source, boolean blocking) -> {
            senders.add(id);
            var delivery = blocking ? "parley:delivery=\"blocking\"" : "";
            yield "<sendTask id=\"%s\" messageRef=\"tns:out\" %s %s %s/>"
                .formatted(id, payload(id, source), delivery, attributes);
          }
          case Work.Receive(var target) ->
              receive(id, target).replace("<receiveTask ", "<receiveTask " + attributes + " ");
          case Work.Nothing() -> "<task id=\"%s\" %s/>".formatted(id, attributes);
          case Work.SubProcess(var body, var eventSubs, var data) ->
              "<subProcess id=\"%s\" %s>%s</subProcess>"
                  .formatted(id, attributes, container(id + "_start", body, eventSubs, data));
        };
    return looping(xml, activity);
  }

  private static String looping(String xml, Block.Activity activity) {
    var loop = loop(activity.loop(), activity.id());
    if (loop.isEmpty()) {
      return xml;
    }
    int end = xml.indexOf('>');
    var name = xml.substring(1, xml.indexOf(' '));
    return xml.charAt(end - 1) == '/'
        ? xml.substring(0, end - 1) + ">" + loop + "</" + name + ">"
        : xml.substring(0, end + 1) + loop + xml.substring(end + 1);
  }

  private static String loop(Loop loop, String id) {
    return switch (loop) {
      case Loop.Once() -> "";
      case Loop.Standard(boolean before, int maximum, var condition) ->
          "<standardLoopCharacteristics testBefore=\"%s\" loopMaximum=\"%d\">%s</standardLoopCharacteristics>"
              .formatted(before, maximum, condition("loopCondition", condition));
      case Loop.Multi(boolean sequential, int count, var list, var output, int enough) ->
          "<multiInstanceLoopCharacteristics isSequential=\"%s\">%s%s%s%s%s%s</multiInstanceLoopCharacteristics>"
              .formatted(
                  sequential,
                  list.isEmpty() ? formal("loopCardinality", String.valueOf(count)) : "",
                  list.isEmpty() ? "" : "<loopDataInputRef>%s</loopDataInputRef>".formatted(list),
                  output.isEmpty()
                      ? ""
                      : "<loopDataOutputRef>%s</loopDataOutputRef>".formatted(output),
                  list.isEmpty()
                      ? ""
                      : "<inputDataItem id=\"i_%1$s\" name=\"i_%1$s\"/>".formatted(id),
                  output.isEmpty()
                      ? ""
                      : "<outputDataItem id=\"o_%1$s\" name=\"o_%1$s\"/>".formatted(id),
                  enough == 0
                      ? ""
                      : formal("completionCondition", "$numberOfCompletedInstances >= " + enough));
    };
  }

  private static String script(String id, String text, String target, String attributes) {
    return "<scriptTask id=\"%s\" scriptFormat=\"application/xquery\" parley:result=\"%s\" %s><script>%s</script></scriptTask>"
        .formatted(id, target, attributes, text);
  }

  private String receive(String id, String target) {
    received.add(id);
    return "<receiveTask id=\"%1$s\" messageRef=\"tns:m_%1$s\" %2$s/>".formatted(id, kept(target));
  }

  private static String kept(String target) {
    return "parley:result=\"%s\" parley:resultExpression=\"xs:integer(.)\"".formatted(target);
  }

  private static String payload(String id, String source) {
    return "parley:payload=\"concat('%s ', sum($%s))\"".formatted(id, source);
  }

  private String catching(String element, String id, Trigger trigger, String attributes) {
    if (trigger instanceof Trigger.Message(var target)) {
      received.add(id);
      return event(
          element,
          id,
          "<messageEventDefinition messageRef=\"tns:m_%s\"/>".formatted(id),
          attributes + " " + kept(target));
    }
    return event(element, id, definition(trigger), attributes);
  }

  private static String definition(Trigger trigger) {
    return switch (trigger) {
      case Trigger.Message _ -> throw new IllegalArgumentException("has a name");
      case Trigger.Timer(int minutes) -> timer("timeDuration", "PT%dM".formatted(minutes));
      case Trigger.Cycle(int times, int minutes) ->
          timer("timeCycle", "R%d/PT%dM".formatted(times, minutes));
      case Trigger.Signal() -> "<signalEventDefinition signalRef=\"tns:go\"/>";
      case Trigger.Error(var code) -> coded("error", code);
      case Trigger.Escalation(var code) -> coded("escalation", code);
    };
  }

  private String throwing(String element, String id, Result result) {
    return switch (result) {
      case Result.None() -> event(element, id, "", "");
      case Result.Terminate() -> event(element, id, "<terminateEventDefinition/>", "");
      case Result.Error(var code) -> event(element, id, coded("error", code), "");
      case Result.Escalation(var code) -> event(element, id, coded("escalation", code), "");
      case Result.Signal() ->
          event(element, id, "<signalEventDefinition signalRef=\"tns:go\"/>", "");
      case Result.Message(var source) -> {
        senders.add(id);
        yield event(
            element, id, "<messageEventDefinition messageRef=\"tns:out\"/>", payload(id, source));
      }
    };
  }

  private static String event(String element, String id, String definition, String attributes) {
    return "<%1$s id=\"%2$s\" %4$s>%3$s</%1$s>".formatted(element, id, definition, attributes);
  }

  private static String coded(String kind, String code) {
    return code.isEmpty()
        ? "<%sEventDefinition/>".formatted(kind)
        : "<%1$sEventDefinition %1$sRef=\"tns:%1$s%2$s\"/>".formatted(kind, code);
  }

  private static String timer(String element, String text) {
    return "<timerEventDefinition>" + formal(element, text) + "</timerEventDefinition>";
  }

  private static String condition(String element, Condition condition) {
    return condition instanceof Condition.Holds(var source, int divisor, int rest)
        ? formal(element, "sum($%s) mod %d &lt;= %d".formatted(source, divisor, rest))
        : "";
  }

  private static String formal(String element, String text) {
    return "<%1$s xsi:type=\"tFormalExpression\">%2$s</%1$s>"
        .formatted(element, text.replace(">=", "&gt;="));
  }
}
