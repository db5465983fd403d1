package dev.parley.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.MessageId;
import dev.parley.simulation.Simulation.Opening;
import dev.parley.store.Batch;
import dev.parley.store.News;
import dev.parley.store.ReadSet;
import dev.parley.store.Store;
import dev.parley.store.StoreAround;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A planted defect in what keeps several gateways apart is found. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SeveralGatewaysOracleTest {
  private static final int WITHIN_SEEDS = 60;

  /** A store that several gateways share, and that lets them down. */
  enum Planted {
    A_COMMIT_THAT_LOOKS_AT_NOTHING_IT_RESTS_ON(
        (store, _) ->
            new StoreAround(store) {
              @Override
              public void commit(Batch batch, ReadSet reads) {
                store.commit(batch, ReadSet.none());
              }
            }),
    NEWS_THAT_LEAVES_OUT_ANSWERS(
        (store, _) ->
            new StoreAround(store) {
              @Override
              public List<News> news() {
                return store.news().stream().map(Planted::unanswered).toList();
              }
            }),
    NEWS_THAT_LEAVES_OUT_DEPLOYMENTS(
        (store, _) ->
            new StoreAround(store) {
              @Override
              public List<News> news() {
                return store.news().stream().map(Planted::undeployed).toList();
              }
            }),
    A_LIVE_GATEWAY_THAT_IS_TAKEN_FOR_ENDED(
        (store, _) ->
            new StoreAround(store) {
              @Override
              public Set<Integer> gateways() {
                return Set.of(store.bootId());
              }

              @Override
              public List<MessageId> forsakenOutbox(int limit) {
                return store.forsakenOutbox(gateways(), limit);
              }
            }),
    AN_ENDED_GATEWAY_THAT_NOBODY_TAKES_OVER(
        (store, _) ->
            new StoreAround(store) {
              @Override
              public List<MessageId> forsakenOutbox(int limit) {
                return List.of();
              }
            }),
    AN_ENDED_GATEWAY_THAT_MAY_COMMIT(
        (store, tables) ->
            new StoreAround(store) {
              @Override
              public void commit(Batch batch, ReadSet reads) {
                if (tables.log.up().contains(bootId())) {
                  store.commit(batch, reads);
                } else {
                  store.write(batch);
                }
              }
            });

    // Each one is a function without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final BiFunction<SimulatedStore, Tables, Store> around;

    Planted(BiFunction<SimulatedStore, Tables, Store> around) {
      this.around = around;
    }

    private static News unanswered(News news) {
      return new News(news.number(), news.at(), List.of(), news.queues(), news.deployed());
    }

    private static News undeployed(News news) {
      return new News(news.number(), news.at(), news.answered(), news.queues(), false);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_planted_defect_is_found(Planted planted) {
    Opening opening =
        (tables, disk) -> planted.around.apply(SimulatedStore.join(tables, disk), tables);

    var found =
        LongStream.rangeClosed(1, WITHIN_SEEDS)
            .mapToObj(seed -> Simulation.run(seed, disk -> disk, opening))
            .anyMatch(r -> r.violation() != null);

    assertThat(found).isTrue();
  }
}
