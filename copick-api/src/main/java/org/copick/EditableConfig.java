package org.copick;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.copick.config.ObjectDefinition;
import org.copick.config.ProjectConfig;
import org.copick.error.AlreadyExistsException;
import org.copick.error.InvalidConfigException;
import org.copick.error.NotFoundException;
import org.jspecify.annotations.Nullable;

/** The configuration of an open project, which can be changed and saved. Thread-safe. */
final class EditableConfig {
    private final @Nullable ConfigFile file;
    private final @Nullable Set<String> runs;
    private volatile ProjectConfig config;

    EditableConfig(ProjectConfig config, @Nullable ConfigFile file) {
        this.config = config;
        this.file = file;
        this.runs = config.runs().map(Set::copyOf).orElse(null);
    }

    ProjectConfig config() {
        return config;
    }

    synchronized void addObject(ObjectDefinition definition) {
        ObjectDefinition labelled = definition.label().isPresent()
                ? definition
                : definition.toBuilder().label(config.nextLabel()).build();
        requireFreeLabel(labelled);
        takeOver(labelled);
    }

    /** Adds a definition unchanged, even if it has no label or the label of another object. */
    synchronized void takeOver(ObjectDefinition definition) {
        if (config.object(definition.name()).isPresent()) {
            throw new AlreadyExistsException("the object \"" + definition.name() + "\" exists already");
        }
        List<ObjectDefinition> definitions = new ArrayList<>(config.objects());
        definitions.add(definition);
        config = config.withObjects(definitions);
    }

    synchronized void replaceObject(ObjectDefinition definition) {
        List<ObjectDefinition> definitions = new ArrayList<>(config.objects());
        definitions.set(indexOf(definition.name()), definition);
        requireFreeLabel(definition);
        config = config.withObjects(definitions);
    }

    synchronized void removeObject(String name) {
        List<ObjectDefinition> definitions = new ArrayList<>(config.objects());
        definitions.remove(indexOf(name));
        config = config.withObjects(definitions);
    }

    /** Returns whether the configuration includes this run. */
    boolean allows(String run) {
        return runs == null || runs.contains(run);
    }

    boolean hasFile() {
        return file != null;
    }

    void save() {
        if (file == null) {
            throw new InvalidConfigException(
                    "the project was not opened from a file; save its configuration with saveConfig(file)");
        }
        file.save(this::config);
    }

    private int indexOf(String object) {
        for (int i = 0; i < config.objects().size(); i++) {
            if (config.objects().get(i).name().equals(object)) {
                return i;
            }
        }
        throw new NotFoundException("no object \"" + object + "\" in the configuration");
    }

    private void requireFreeLabel(ObjectDefinition wanted) {
        for (ObjectDefinition other : config.objects()) {
            if (!other.name().equals(wanted.name())
                    && wanted.label().isPresent()
                    && other.label().equals(wanted.label())) {
                throw new AlreadyExistsException("the label " + wanted.label().getAsLong() + " of \"" + wanted.name()
                        + "\" belongs to \"" + other.name() + "\" already");
            }
        }
    }
}
