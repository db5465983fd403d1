package dev.parley.deployment;

import java.util.Map;

/**
 * What the gateway's configuration says about every bundle.
 *
 * @param endpoints address of a partner by its participant's name or id, or by the text of its
 *     interface's name, {@code {namespace}local}
 * @param address of the gateway, as it tells it to others
 * @param queue where neither node nor process says otherwise
 * @param delivery where neither node nor process says otherwise
 */
public record Settings(
    Map<String, String> endpoints, String address, QueuePolicy queue, DeliveryPolicy delivery) {
  public static final Settings DEFAULT = of(Map.of(), "http://localhost:8080");

  /** With the policies' defaults. */
  public static Settings of(Map<String, String> endpoints, String address) {
    return new Settings(endpoints, address, QueuePolicy.DEFAULT, DeliveryPolicy.DEFAULT);
  }

  public Settings {
    endpoints = Map.copyOf(endpoints);
  }
}
