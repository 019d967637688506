package org.copick.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;

/** JSON output for programs: parsing it gives exactly the stored strings, whatever characters they hold. */
public final class JsonText {
    private JsonText() {}

    /** Prints a tree as indented JSON and a line break. */
    public static void print(PrintWriter out, JsonNode json) {
        try {
            out.print(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
        out.println();
    }
}
