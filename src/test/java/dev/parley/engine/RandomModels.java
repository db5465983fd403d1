package dev.parley.engine;

import dev.parley.engine.RandomModel.Arm;
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
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes models: the same seed, the same model. */
final class RandomModels {
  private static final int SMALLEST = 3;
  private static final int LARGEST = 25;
  private static final int DEEPEST = 4;

  private final Random random;
  private int left;
  private int ids;

  private RandomModels(long seed, int largest) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.left = SMALLEST + random.nextInt(largest - SMALLEST + 1);
  }

  /**
   * What is around a block.
   *
   * @param data what it may read and write
   * @param repeatedly whether several tokens may be in it that know nothing of each other: there an
   *     inclusive join means something else to each of them
   * @param escalates whether it may throw escalations: their own handlers must not, or would never
   *     end
   */
  private record Place(List<String> data, int depth, boolean repeatedly, boolean escalates) {
    Place deeper() {
      return new Place(data, depth + 1, repeatedly, escalates);
    }
  }

  static RandomModel of(long seed) {
    return of(seed, LARGEST);
  }

  /** With so many nodes at most. */
  static RandomModel of(long seed, int largest) {
    var models = new RandomModels(seed, largest);
    var place = new Place(RandomModelXml.DATA, 0, false, true);
    var subs = models.eventSubs(place);
    return new RandomModel(models.sequence(place, LARGEST, 10), subs);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String id(String prefix) {
    left--;
    return prefix + ++ids;
  }

  /** Ends by itself in so many of a hundred cases. */
  private Sequence sequence(Place place, int most, int ends) {
    var blocks = new ArrayList<Block>();
    int length = random.nextInt(most + 1);
    while (left > 0 && blocks.size() < length) {
      blocks.addAll(blocks(place));
    }
    if (chance(ends)) {
      blocks.add(new Block.End(id("end"), result(place, true)));
    }
    return new Sequence(blocks);
  }

  private List<Block> blocks(Place place) {
    boolean structured = left > 3 && place.depth() < DEEPEST;
    int kind = structured ? random.nextInt(100) : random.nextInt(55);
    if (kind < 45) {
      return activity(place);
    } else if (kind < 51) {
      return List.of(new Block.Catch(id("catch"), waiting(place, false)));
    } else if (kind < 55) {
      return List.of(new Block.Throw(id("throw"), result(place, false)));
    }
    return List.of(structured(place, kind));
  }

  private Block structured(Place place, int kind) {
    var inner = place.deeper();
    if (kind < 65) {
      return new Block.Choice(id("xor"), false, branches(inner, chance(90)));
    } else if (kind < 74) {
      return new Block.Choice(id("or"), !place.repeatedly(), branches(inner, chance(90)));
    } else if (kind < 84) {
      return new Block.Fork(id("and"), some(2, 3).mapToObj(_ -> sequence(inner, 3, 10)).toList());
    } else if (kind < 90) {
      return race(inner);
    } else if (kind < 95 || place.repeatedly()) {
      return new Block.Repeat(id("repeat"), sequence(inner, 3, 0), 1 + random.nextInt(3));
    }
    var flows = new ArrayList<>(branches(inner, chance(70)));
    flows.add(0, new Branch(new Condition.Always(), sequence(inner, 2, 10)));
    var fan = id("fan");
    var activity = new Block.Activity(fan, work(place, fan), new Loop.Once(), List.of());
    return new Block.Fan(activity, flows);
  }

  private IntStream some(int least, int most) {
    return IntStream.range(0, least + random.nextInt(most - least + 1));
  }

  private List<Branch> branches(Place place, boolean otherwise) {
    var branches =
        new ArrayList<>(
            some(otherwise ? 1 : 2, 2)
                .mapToObj(_ -> new Branch(condition(place), sequence(place, 3, 12)))
                .toList());
    if (otherwise) {
      branches.add(
          random.nextInt(branches.size() + 1),
          new Branch(new Condition.Otherwise(), sequence(place, 2, 10)));
    }
    return branches;
  }

  private Condition condition(Place place) {
    int divisor = 2 + random.nextInt(2);
    return new Condition.Holds(one(place.data()), divisor, random.nextInt(divisor));
  }

  private Block race(Place place) {
    boolean tasks = chance(50);
    var arms =
        some(2, 3)
            .mapToObj(_ -> new Arm(id("arm"), waiting(place, false), sequence(place, 2, 10)))
            .toList();
    return new Block.Race(id("race"), tasks, arms);
  }

  /** What something outside brings about. */
  private Trigger waiting(Place place, boolean repeatable) {
    return switch (random.nextInt(repeatable ? 7 : 6)) {
      case 0, 1, 2 -> new Trigger.Message(one(writable(place)));
      case 3 -> new Trigger.Signal();
      case 4, 5 -> new Trigger.Timer(1 + random.nextInt(500));
      default -> new Trigger.Cycle(1 + random.nextInt(3), 1 + random.nextInt(500));
    };
  }

  private Result result(Place place, boolean ends) {
    return switch (random.nextInt(ends ? 10 : 4)) {
      case 0 -> new Result.Signal();
      case 1 -> new Result.Message(one(place.data()));
      case 2, 3 -> place.escalates() ? new Result.Escalation(code()) : new Result.None();
      case 4 -> new Result.Terminate();
      case 5, 6 -> new Result.Error(code());
      default -> new Result.None();
    };
  }

  private String code() {
    return one(List.of("A", "B"));
  }

  // Activities

  private List<Block> activity(Place place) {
    var id = id("task");
    var loop = chance(18) ? loop(place, id) : new Loop.Once();
    var inner = loop instanceof Loop.Once ? place : reading(place, loop, id);
    var work = work(inner, id);
    var before = new ArrayList<Block>();
    if (loop instanceof Loop.Multi all) {
      var multi = completing(all, work);
      loop = withOutput(multi, work, id);
      if (multi.output().isEmpty() && loop instanceof Loop.Multi m && !m.output().isEmpty()) {
        var script = (Work.Script) work;
        work = new Work.Script("o_" + id, script.source(), script.factor(), script.summand());
      }
      if (!multi.list().isEmpty()) {
        var values = some(0, 3).mapToObj(_ -> random.nextInt(10)).toList();
        var set = new Work.SetList(multi.list(), values);
        before.add(new Block.Activity(id("list"), set, new Loop.Once(), List.of()));
      }
    }
    before.add(new Block.Activity(id, work, loop, boundary(place, work)));
    return before;
  }

  /** In a loop there is more to read. */
  private static Place reading(Place place, Loop loop, String id) {
    var more =
        loop instanceof Loop.Multi multi && !multi.list().isEmpty()
            ? Stream.of("loopCounter", "i_" + id)
            : Stream.of("loopCounter");
    return new Place(
        Stream.concat(more, place.data().stream()).toList(),
        place.depth(),
        place.repeatedly(),
        place.escalates());
  }

  private Loop loop(Place place, String id) {
    if (chance(35)) {
      return new Loop.Standard(chance(50), 1 + random.nextInt(3), condition(place));
    }
    int count = random.nextInt(4);
    int enough = chance(30) ? 1 + random.nextInt(3) : 0;
    return new Loop.Multi(chance(50), count, chance(40) ? "l_" + id : "", "", enough);
  }

  /**
   * Which of several parallel rounds are done, when enough are, is determined only if they wait:
   * rounds that need no input may all be done before anybody counts.
   */
  private static Loop.Multi completing(Loop.Multi loop, Work work) {
    boolean waits =
        work instanceof Work.Receive
            || (work instanceof Work.SubProcess sub
                && !sub.body().blocks().isEmpty()
                && waits(sub.body().blocks().getFirst()));
    return loop.sequential() || waits
        ? loop
        : new Loop.Multi(false, loop.count(), loop.list(), loop.output(), 0);
  }

  private static boolean waits(Block block) {
    return block instanceof Block.Catch
        || (block instanceof Block.Activity a
            && a.loop() instanceof Loop.Once
            && a.work() instanceof Work.Receive);
  }

  private Loop withOutput(Loop.Multi loop, Work work, String id) {
    return work instanceof Work.Script && chance(60)
        ? new Loop.Multi(loop.sequential(), loop.count(), loop.list(), "r_" + id, loop.enough())
        : loop;
  }

  private Work work(Place place, String id) {
    int kind = random.nextInt(100);
    if (kind < 18 && left > 2 && place.depth() < DEEPEST) {
      return subProcess(place, id);
    } else if (kind < 45) {
      var written = writable(place);
      return new Work.Script(one(written), one(place.data()), random.nextInt(3), random.nextInt(5));
    } else if (kind < 65) {
      return new Work.Send(one(place.data()), chance(30));
    } else if (kind < 92) {
      return new Work.Receive(one(writable(place)));
    }
    return kind < 96 ? new Work.Nothing() : new Work.FailingScript();
  }

  private static List<String> writable(Place place) {
    return place.data().stream().filter(d -> d.startsWith("v") || d.startsWith("w_")).toList();
  }

  private Work subProcess(Place place, String id) {
    var own = chance(50) ? List.of("w_" + id) : List.<String>of();
    var inner =
        new Place(
            Stream.concat(own.stream(), place.data().stream()).toList(),
            place.depth() + 1,
            false,
            place.escalates());
    var subs = eventSubs(inner);
    return new Work.SubProcess(sequence(inner, 5, 25), subs, own);
  }

  private List<Boundary> boundary(Place place, Work work) {
    var events = new ArrayList<Boundary>();
    boolean waits =
        work instanceof Work.Receive
            || work instanceof Work.SubProcess
            || (work instanceof Work.Send send && send.blocking());
    if (chance(waits ? 30 : 5)) {
      some(1, 2).forEach(_ -> events.add(boundary(place, waiting(place, false), chance(50))));
    }
    if (chance(waits ? 6 : 1)) {
      events.add(boundary(place, waiting(place, true), false));
    }
    if (work instanceof Work.SubProcess && chance(50)) {
      events.add(boundary(place, new Trigger.Error(chance(40) ? "" : code()), true));
    }
    if (work instanceof Work.SubProcess && chance(30)) {
      var escalation = new Trigger.Escalation(chance(40) ? "" : code());
      events.add(boundary(place, escalation, chance(50)));
    }
    boolean fails =
        work instanceof Work.FailingScript || (work instanceof Work.Send send && send.blocking());
    if ((fails && chance(60)) || (work instanceof Work.Script && chance(3))) {
      events.add(boundary(place, new Trigger.Error(""), true));
    }
    return events;
  }

  private Boundary boundary(Place place, Trigger trigger, boolean interrupting) {
    var inner =
        new Place(
            place.data(),
            place.depth() + 1,
            place.repeatedly() || !interrupting,
            place.escalates());
    return new Boundary(
        id("boundary"), trigger, interrupting, sequence(inner, 2, interrupting ? 30 : 60));
  }

  private List<EventSub> eventSubs(Place place) {
    var subs = new ArrayList<EventSub>();
    if (chance(20)) {
      boolean interrupting = chance(40);
      subs.add(eventSub(place, waiting(place, !interrupting), interrupting));
    }
    if (chance(10)) {
      subs.add(eventSub(place, new Trigger.Error(chance(50) ? "" : code()), true));
    }
    if (chance(10)) {
      subs.add(eventSub(place, new Trigger.Escalation(chance(50) ? "" : code()), chance(40)));
    }
    return subs;
  }

  private EventSub eventSub(Place place, Trigger trigger, boolean interrupting) {
    boolean escalates = place.escalates() && !(trigger instanceof Trigger.Escalation);
    var inner = new Place(place.data(), place.depth() + 1, false, escalates);
    return new EventSub(id("handler"), trigger, interrupting, sequence(inner, 3, 30));
  }
}
