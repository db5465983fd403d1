package dev.parley.engine;

import dev.parley.engine.RandomModel.Arm;
import dev.parley.engine.RandomModel.Block;
import dev.parley.engine.RandomModel.Boundary;
import dev.parley.engine.RandomModel.Branch;
import dev.parley.engine.RandomModel.EventSub;
import dev.parley.engine.RandomModel.Loop;
import dev.parley.engine.RandomModel.Sequence;
import dev.parley.engine.RandomModel.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes a model smaller as long as something stays true of it. */
final class RandomModelShrinker {
  private RandomModelShrinker() {}

  static RandomModel shrink(RandomModel model, Predicate<RandomModel> stays) {
    for (var smaller : smaller(model).toList()) {
      if (smaller.toString().length() < model.toString().length() && stays.test(smaller)) {
        return shrink(smaller, stays);
      }
    }
    return model;
  }

  private static Stream<RandomModel> smaller(RandomModel model) {
    return Stream.concat(
        sequences(model.body()).map(body -> new RandomModel(body, model.eventSubs())),
        fewerSubs(model.eventSubs()).map(subs -> new RandomModel(model.body(), subs)));
  }

  private static Stream<Sequence> sequences(Sequence sequence) {
    var blocks = sequence.blocks();
    return Stream.concat(
            without(blocks, 0),
            IntStream.range(0, blocks.size())
                .boxed()
                .flatMap(i -> blocks(blocks.get(i)).map(by -> replaced(blocks, i, by))))
        .map(Sequence::new);
  }

  /** What may stand for a block: its parts, or it with less in it. */
  private static Stream<List<Block>> blocks(Block block) {
    return switch (block) {
      case Block.Activity activity -> activities(activity);
      case Block.Fan(var activity, var branches) ->
          Stream.concat(
              Stream.of(List.of(activity)),
              fewer(branches, 2, RandomModelShrinker::branches)
                  .map(b -> List.of(new Block.Fan(activity, b))));
      case Block.Choice(var id, boolean inclusive, var branches) ->
          Stream.concat(
              branches.stream().map(b -> b.content().blocks()),
              fewer(branches, 2, RandomModelShrinker::branches)
                  .map(b -> List.of(new Block.Choice(id, inclusive, b))));
      case Block.Fork(var id, var branches) ->
          Stream.concat(
              branches.stream().map(Sequence::blocks),
              fewer(branches, 2, RandomModelShrinker::sequences)
                  .map(b -> List.of(new Block.Fork(id, b))));
      case Block.Race(var id, boolean tasks, var arms) ->
          fewer(arms, 2, RandomModelShrinker::arms).map(a -> List.of(new Block.Race(id, tasks, a)));
      case Block.Repeat(var id, var content, int times) ->
          Stream.concat(
              Stream.of(content.blocks()),
              sequences(content).map(c -> List.of(new Block.Repeat(id, c, times))));
      case Block.Catch _, Block.Throw _, Block.End _ -> Stream.of();
    };
  }

  private static Stream<List<Block>> activities(Block.Activity activity) {
    var id = activity.id();
    var work = activity.work();
    var boundary = activity.boundary();
    var less =
        Stream.concat(
            Stream.of(new Block.Activity(id, work, new Loop.Once(), boundary)),
            fewer(boundary, 0, RandomModelShrinker::boundaries)
                .map(b -> new Block.Activity(id, work, activity.loop(), b)));
    var inner =
        work instanceof Work.SubProcess sub
            ? subProcesses(activity, sub)
            : Stream.<List<Block>>of();
    return Stream.concat(inner, less.map(List::of));
  }

  private static Stream<List<Block>> subProcesses(Block.Activity activity, Work.SubProcess sub) {
    var bodies =
        sequences(sub.body()).map(b -> new Work.SubProcess(b, sub.eventSubs(), sub.data()));
    var subs = fewerSubs(sub.eventSubs()).map(s -> new Work.SubProcess(sub.body(), s, sub.data()));
    return Stream.concat(
        Stream.of(sub.body().blocks()),
        Stream.concat(bodies, subs)
            .map(
                w ->
                    List.of(
                        new Block.Activity(
                            activity.id(), w, activity.loop(), activity.boundary()))));
  }

  private static Stream<Branch> branches(Branch branch) {
    return sequences(branch.content()).map(c -> new Branch(branch.condition(), c));
  }

  private static Stream<Arm> arms(Arm arm) {
    return sequences(arm.content()).map(c -> new Arm(arm.id(), arm.trigger(), c));
  }

  private static Stream<Boundary> boundaries(Boundary event) {
    return sequences(event.handler())
        .map(h -> new Boundary(event.id(), event.trigger(), event.interrupting(), h));
  }

  private static Stream<List<EventSub>> fewerSubs(List<EventSub> subs) {
    return fewer(
        subs,
        0,
        sub ->
            sequences(sub.body())
                .map(b -> new EventSub(sub.id(), sub.trigger(), sub.interrupting(), b)));
  }

  private static <T> Stream<List<T>> fewer(List<T> all, int least, Function<T, Stream<T>> smaller) {
    return Stream.concat(
        without(all, least),
        IntStream.range(0, all.size())
            .boxed()
            .flatMap(i -> smaller.apply(all.get(i)).map(by -> replaced(all, i, List.of(by)))));
  }

  private static <T> Stream<List<T>> without(List<T> all, int least) {
    return all.size() <= least
        ? Stream.of()
        : IntStream.range(0, all.size()).mapToObj(i -> replaced(all, i, List.of()));
  }

  private static <T> List<T> replaced(List<T> all, int index, List<? extends T> by) {
    var replaced = new ArrayList<T>(all);
    replaced.remove(index);
    replaced.addAll(index, by);
    return replaced;
  }
}
