package dev.parley.deployment;

import java.util.Map;

/**
 * What the gateway's configuration says about every bundle.
 *
 * @param endpoints address of a partner by its participant's name or id, or by the text of its
 *     interface's name, {@code {namespace}local}
 * @param queue where neither node nor process says otherwise
 * @param delivery where neither node nor process says otherwise
 */
public record Settings(Map<String, String> endpoints, QueuePolicy queue, DeliveryPolicy delivery) {
  public static final Settings DEFAULT =
      new Settings(Map.of(), QueuePolicy.DEFAULT, DeliveryPolicy.DEFAULT);

  public Settings {
    endpoints = Map.copyOf(endpoints);
  }
}
