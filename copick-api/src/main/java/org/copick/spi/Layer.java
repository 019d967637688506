package org.copick.spi;

/**
 * One of the places a project is made of.
 *
 * @param name what people call it: {@code overlay}, {@code static}, or what the configuration says
 * @param readOnly whether nothing may be created, changed or deleted in it
 * @param location its root, as a person writes it
 */
public record Layer(String name, boolean readOnly, String location) {}
