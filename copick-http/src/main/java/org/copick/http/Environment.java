package org.copick.http;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of the user's environment that hold credentials.
 *
 * @param variables the environment variables
 * @param home the user's home folder
 */
record Environment(Map<String, String> variables, Path home) {
    static Environment ofProcess() {
        return new Environment(System.getenv(), Path.of(System.getProperty("user.home", "")));
    }

    /** Returns the value of a variable; empty if it is missing or blank. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** Returns the path of the file {@code .netrc}, which may not exist. */
    Path netrc() {
        try {
            return variable("NETRC").map(Path::of).orElseGet(() -> home.resolve(".netrc"));
        } catch (InvalidPathException e) {
            return home.resolve(".netrc");
        }
    }

    /** Returns a text without the variables, which hold secrets. */
    @Override
    public String toString() {
        return "environment of " + home;
    }
}
