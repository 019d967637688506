package org.copick.cli.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** The description of one entity; everything that can fail to be read has been read. */
@FunctionalInterface
interface Content {
    void write(JsonGenerator json) throws IOException;
}
