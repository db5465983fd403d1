package dev.parley.engine;

import java.util.ArrayList;
import java.util.List;

/** A process as a tree of blocks: what the generator makes, XML is written from, and is played. */
record RandomModel(Sequence body, List<EventSub> eventSubs) {

  /** One block after another; what follows a block that no token leaves is left out. */
  record Sequence(List<Block> blocks) {
    Sequence {
      var reached = new ArrayList<Block>();
      for (var block : blocks) {
        reached.add(block);
        if (!block.completes()) {
          break;
        }
      }
      blocks = List.copyOf(reached);
    }

    /** Whether a flow leads out of it. */
    boolean completes() {
      return blocks.stream().allMatch(Block::completes);
    }

    /** Whether a gateway is the last of its nodes, and a flow leads out of that. */
    boolean endsAtGateway() {
      return completes()
          && !blocks.isEmpty()
          && switch (blocks.getLast()) {
            case Block.Activity activity -> activity.merges();
            case Block.Catch _, Block.Throw _, Block.End _ -> false;
            case Block.Choice _, Block.Fan _, Block.Fork _, Block.Race _, Block.Repeat _ -> true;
          };
    }
  }

  /** A part of a process with one way in, and at most one out. */
  sealed interface Block {
    boolean completes();

    /** An activity, with what is on its boundary. */
    record Activity(String id, Work work, Loop loop, List<Boundary> boundary) implements Block {
      @Override
      public boolean completes() {
        return true;
      }

      /** Whether its handlers lead to what follows it. */
      boolean merges() {
        return boundary.stream().anyMatch(b -> b.interrupting() && b.handler().completes());
      }
    }

    /** An activity with conditions on its flows, and an inclusive join. */
    record Fan(Activity activity, List<Branch> branches) implements Block {
      @Override
      public boolean completes() {
        return branches.stream().anyMatch(b -> b.content().completes());
      }
    }

    /** An exclusive or inclusive gateway and its other end. */
    record Choice(String id, boolean inclusive, List<Branch> branches) implements Block {
      @Override
      public boolean completes() {
        return branches.stream().anyMatch(b -> b.content().completes());
      }
    }

    /** A parallel gateway, and one that joins those branches that do not end by themselves. */
    record Fork(String id, List<Sequence> branches) implements Block {
      @Override
      public boolean completes() {
        return branches.stream().anyMatch(Sequence::completes);
      }
    }

    /** An event-based gateway. */
    record Race(String id, boolean tasks, List<Arm> arms) implements Block {
      @Override
      public boolean completes() {
        return arms.stream().anyMatch(a -> a.content().completes());
      }
    }

    /** A flow back, taken until the block was done so many times. */
    record Repeat(String id, Sequence content, int times) implements Block {
      @Override
      public boolean completes() {
        return content.completes();
      }

      String counter() {
        return "c_" + id;
      }
    }

    record Catch(String id, Trigger trigger) implements Block {
      @Override
      public boolean completes() {
        return true;
      }
    }

    record Throw(String id, Result result) implements Block {
      @Override
      public boolean completes() {
        return true;
      }
    }

    record End(String id, Result result) implements Block {
      @Override
      public boolean completes() {
        return false;
      }
    }
  }

  /** What an activity does. */
  sealed interface Work {
    /** {@code target := (sum(source) * factor + summand) mod 10}. */
    record Script(String target, String source, int factor, int summand) implements Work {}

    /** Sets a list, for a loop over it. */
    record SetList(String target, List<Integer> values) implements Work {}

    record FailingScript() implements Work {}

    /** Blocking: waits for the delivery. */
    record Send(String source, boolean blocking) implements Work {}

    record Receive(String target) implements Work {}

    record Nothing() implements Work {}

    record SubProcess(Sequence body, List<EventSub> eventSubs, List<String> data) implements Work {}
  }

  /** How often an activity is done. */
  sealed interface Loop {
    record Once() implements Loop {}

    record Standard(boolean testBefore, int maximum, Condition condition) implements Loop {}

    /**
     * Multi-instance.
     *
     * @param list collection that it runs over; empty where it has a cardinality
     * @param output collection of what its rounds leave; empty: none
     * @param enough rounds after which it is complete; 0: all
     */
    record Multi(boolean sequential, int count, String list, String output, int enough)
        implements Loop {}
  }

  /** On an activity. */
  record Boundary(String id, Trigger trigger, boolean interrupting, Sequence handler) {}

  /** An event sub-process. */
  record EventSub(String id, Trigger trigger, boolean interrupting, Sequence body) {
    String start() {
      return id + "_start";
    }
  }

  record Branch(Condition condition, Sequence content) {}

  /** One of the events after an event-based gateway. */
  record Arm(String id, Trigger trigger, Sequence content) {}

  /** On a sequence flow. */
  sealed interface Condition {
    record Always() implements Condition {}

    /** Of the flow that is taken when no condition holds. */
    record Otherwise() implements Condition {}

    /** {@code sum(source) mod divisor <= rest}. */
    record Holds(String source, int divisor, int rest) implements Condition {}
  }

  /** What an event waits for. */
  sealed interface Trigger {
    record Message(String target) implements Trigger {}

    record Timer(int minutes) implements Trigger {}

    record Cycle(int times, int minutes) implements Trigger {}

    record Signal() implements Trigger {}

    /** An empty code is any. */
    // BPMN's word.
    @SuppressWarnings("JavaLangClash")
    record Error(String code) implements Trigger {}

    /** An empty code is any. */
    record Escalation(String code) implements Trigger {}
  }

  /** What an event brings about. */
  sealed interface Result {
    record None() implements Result {}

    record Terminate() implements Result {}

    // BPMN's word.
    @SuppressWarnings("JavaLangClash")
    record Error(String code) implements Result {}

    record Escalation(String code) implements Result {}

    record Signal() implements Result {}

    record Message(String source) implements Result {}
  }
}
