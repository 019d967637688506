package org.copick;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.copick.config.EntityNames;
import org.copick.config.ObjectDefinition;
import org.copick.config.ProjectConfig;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.HiddenEntity;
import org.copick.entity.Layer;
import org.copick.entity.UnparsableName;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ClosedException;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.spi.Backend;
import org.copick.spi.Entry;
import org.copick.spi.Listing;
import org.copick.spi.MetadataField;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.copick.storage.disk.DiskCache;
import org.jspecify.annotations.Nullable;

/**
 * An open project, with its pickable objects and its runs. Thread-safe.
 *
 * <p>Opening lists nothing. Listings are made on first use and cached until {@link #refresh}; entities that other
 * processes add appear only after it. On object stores, listings of several runs are prefetched and may be up to 30 s
 * old. Looking up one entity also lists its run; an entity that this listing lacks is looked up in the store each time.
 * {@link CopickContext.Builder#maxAge} sets another maximum age.
 */
public final class Root implements AutoCloseable {
    private final CopickContext context;
    private final EditableConfig settings;
    private final Backend backend;
    private final ProjectStores stores;
    private final boolean ownsBackend;
    private final Epochs epochs;
    private final EntityList<Run> runs;
    private final Lazy<List<PickableObject>> objects;
    private final Lazy<Listing> densityMaps;
    private final EntityLookup lookup = new EntityLookup(this);
    private volatile boolean closed;

    Root(
            CopickContext context,
            ProjectConfig config,
            @Nullable ConfigFile file,
            Backend backend,
            ProjectStores stores) {
        this(context, new EditableConfig(config, file), backend, stores, true);
    }

    private Root(
            CopickContext context,
            EditableConfig settings,
            Backend backend,
            ProjectStores stores,
            boolean ownsBackend) {
        this.ownsBackend = ownsBackend;
        this.stores = stores;
        this.context = context;
        this.settings = settings;
        this.backend = backend;
        this.epochs = context.epochs(backend);
        this.runs = new EntityList<>(this, EntityKind.RUN, null, entry -> new Run(this, entry));
        this.objects = new Lazy<>(
                () -> settings.config().objects().stream()
                        .map(definition -> new PickableObject(this, definition))
                        .toList(),
                settings::config);
        this.densityMaps = new Lazy<>(() -> backend().list(EntityKind.DENSITY_MAP, null), epochs);
    }

    /** {@return the configuration with which this project was opened, including later changes} */
    public ProjectConfig config() {
        return settings.config();
    }

    /** {@return the project's name, or an empty string if the configuration has none} */
    public String name() {
        return config().name().orElse("");
    }

    /** {@return the configuration's user id, which is used for new annotations if a program names no user} */
    public Optional<String> userId() {
        return config().userId();
    }

    /** {@return the configuration's session id, which is used for new annotations if a program names no session} */
    public Optional<String> sessionId() {
        return config().sessionId();
    }

    /** Returns the configuration's user id; if there is none, throws an exception that says how to provide one. */
    String requireUserId() {
        return userId().orElseThrow(() -> new InvalidConfigException("the configuration of " + name()
                + " has no user_id; add one to it, or name the user of the annotation"));
    }

    /** Returns the configuration's session id; if there is none, throws an exception that says how to provide one. */
    String requireSessionId() {
        return sessionId()
                .orElseThrow(() -> new InvalidConfigException("the configuration of " + name()
                        + " has no session_id; add one to it, or name the session of the annotation"));
    }

    /** {@return the layers, highest precedence first} */
    public List<Layer> layers() {
        return backend().layers();
    }

    /**
     * {@return a store with all keys of a layer, for tools that need more than entities; empty if the layer is not a
     * store}
     *
     * <p>The store is writable only if the layer is, and is closed with this project.
     *
     * @param layer one of {@link #layers}
     */
    public Optional<ObjectStore> store(Layer layer) {
        return backend().store(layer);
    }

    /**
     * {@return the catalogue behind this project, which reads and opens the {@linkplain Entity#entry entries} of its
     * entities}
     *
     * <p>For programs that list entities in one process and read them in another: an entry has no reference to the
     * project, and reading it looks nothing up. The backend is closed with the project.
     *
     * @throws ClosedException if the project is closed
     */
    public Backend backend() {
        requireOpen();
        return backend;
    }

    /** {@return the folder that relative paths in the configuration start from; empty for the working folder} */
    public Optional<Path> baseFolder() {
        return Optional.ofNullable(stores.baseFolder());
    }

    /** {@return the cache on disk of data read from remote stores; empty if neither program nor configuration names one} */
    public Optional<DiskCache> diskCache() {
        return Optional.ofNullable(stores.diskCache());
    }

    /**
     * Opens another store on the root of a layer, for programs that maintain shared data.
     *
     * <p>Unlike {@link #store}, it can be written even if the layer is read-only, and lists without an index.
     *
     * @param layer one of {@link #layers}
     * @return the open store, which the caller closes; empty if the configuration has no root for the layer
     */
    public Optional<ObjectStore> openRoot(Layer layer) {
        requireOpen();
        return stores.open(config(), layer);
    }

    /** {@return the objects that can be annotated, in the configuration's order} */
    public List<PickableObject> objects() {
        return objects.get();
    }

    /**
     * {@return the object with this name, or empty if the configuration has none}
     *
     * @param name exact name of the object, such as {@code ribosome}
     */
    public Optional<PickableObject> findObject(String name) {
        return objects().stream().filter(o -> o.name().equals(name)).findFirst();
    }

    /**
     * {@return the object with this name}
     *
     * @param name exact name of the object, such as {@code ribosome}
     * @throws NotFoundException if the configuration has no such object
     */
    public PickableObject object(String name) {
        return findObject(name)
                .orElseThrow(() -> new NotFoundException("no object \"" + name + "\" in the configuration; it has "
                        + objects().stream().map(PickableObject::name).toList()));
    }

    /**
     * Adds an object to the configuration in memory. Call {@link #save} to store the change.
     *
     * @param definition the definition; without a label, it gets one more than the greatest label, or 1 if there are no
     *     labels
     * @return the added object
     * @throws AlreadyExistsException if another object has the name or the label
     */
    public PickableObject addObject(ObjectDefinition definition) {
        settings.addObject(definition);
        objectsChanged();
        return object(definition.name());
    }

    /**
     * Adds an object like {@link #addObject}, but does not check or assign a label.
     *
     * <p>The object may have no label or the label of another object, which projects of Python copick can contain.
     *
     * @param definition the definition, which is stored unchanged
     * @return the added object
     * @throws AlreadyExistsException if another object has the name
     */
    public PickableObject addObjectAsIs(ObjectDefinition definition) {
        settings.takeOver(definition);
        objectsChanged();
        return object(definition.name());
    }

    /**
     * Replaces the definition of an object in memory. Call {@link #save} to store the change.
     *
     * @param definition the new definition, with the name of the object to replace
     * @return the object with its new definition
     * @throws NotFoundException if there is no object with this name
     * @throws AlreadyExistsException if another object has the label
     */
    public PickableObject replaceObject(ObjectDefinition definition) {
        settings.replaceObject(definition);
        objectsChanged();
        return object(definition.name());
    }

    /**
     * Removes an object from the configuration in memory. Call {@link #save} to store the change.
     *
     * <p>The object's annotations and its density map are not deleted.
     *
     * @param name exact name of the object
     * @throws NotFoundException if there is no object with this name
     */
    public void removeObject(String name) {
        settings.removeObject(name);
        objectsChanged();
    }

    /** Has the backend use the new definitions. Runs that are looked up afterwards show what they change. */
    private void objectsChanged() {
        if (backend().objectsChanged(config())) {
            runs.refresh();
        }
    }

    /**
     * Replaces the configuration file from which the project was opened.
     *
     * <p>A file on disk keeps its permissions, but if the configuration holds credentials, only its owner can read it
     * afterwards.
     *
     * @throws org.copick.error.InvalidConfigException if the project was not opened from a file
     * @throws org.copick.error.ConflictException if another program has written the file since it was read; open the
     *     project again
     */
    public void save() {
        settings.save();
    }

    /** {@return all runs, sorted by name} Costs one listing per layer on first use. */
    public List<Run> runs() {
        return config().runs().isEmpty()
                ? runs.all()
                : runs.all().stream().filter(run -> allows(run.name())).toList();
    }

    /**
     * {@return the run with this name, or empty if there is none}
     *
     * <p>Looks up this run alone unless the runs are listed already.
     *
     * @param name exact name of the run, such as {@code TS_001}
     */
    public Optional<Run> findRun(String name) {
        return allows(name) ? runs.find(new EntityKey.Run(name)) : Optional.empty();
    }

    /**
     * {@return the run with this name} Looks up this run alone unless the runs are listed already.
     *
     * @param name exact name of the run, such as {@code TS_001}
     * @throws NotFoundException if there is no such run
     */
    public Run run(String name) {
        return findRun(name).orElseThrow(() -> new NotFoundException("no run \"" + name + "\" in " + describe()));
    }

    /**
     * {@return the run with this name, or else all runs to which a catalogue gives it; empty if there are none}
     *
     * <p>Runs of the CryoET Data Portal are named by their ids in copick; the portal's own names, such as {@code TS_001},
     * need not be unique. If no run has the exact name and the project has a catalogue, lists all runs.
     *
     * @param name the name of the run in copick or in the catalogue
     */
    public List<Run> runsNamed(String name) {
        Optional<Run> exact = exactRun(name);
        if (exact.isPresent() || !namesRunsByCatalogue()) {
            return exact.stream().toList();
        }
        return runs().stream()
                .filter(MetadataFilter.any().is(MetadataField.RUN_NAME, name).on(this, EntityKind.RUN))
                .toList();
    }

    /** Finds a run by its name in copick. A catalogue may give runs names that copick does not allow. */
    private Optional<Run> exactRun(String name) {
        try {
            return findRun(name);
        } catch (InvalidNameException e) {
            if (namesRunsByCatalogue()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean namesRunsByCatalogue() {
        return metadataFields(EntityKind.RUN).stream()
                .anyMatch(field -> field.name().equals(MetadataField.RUN_NAME));
    }

    /**
     * {@return the fields that the metadata of entities of a kind can have; empty in the copick layout}
     *
     * @param kind the kind of the entities
     * @see MetadataFilter
     */
    public List<MetadataField> metadataFields(EntityKind kind) {
        return backend().metadataFields(kind);
    }

    /**
     * {@return warnings about the data shown so far, a sentence each}
     *
     * <p>For example, a catalogue does not answer, and its cached rows are old. Sends no request. Can also be called after {@link #close}.
     */
    public List<String> warnings() {
        return backend.warnings();
    }

    /** {@return the folder names that could not be parsed as runs} */
    public List<UnparsableName> unparsableNames() {
        return runs.unparsableNames();
    }

    /**
     * Creates a run in the writable layer.
     *
     * @param name name of the new run, such as {@code TS_001}
     * @return the new run
     * @throws AlreadyExistsException if any layer has a run with this name
     * @throws NotFoundException if the configuration restricts the project to other runs
     * @throws org.copick.error.InvalidNameException if the name is not allowed for new runs
     * @throws org.copick.error.ReadOnlyException if the project has no writable layer
     */
    public Run newRun(String name) {
        return newRun(name, OnExisting.FAIL);
    }

    /**
     * Creates a run, or handles an existing one as requested. See {@link #newRun(String)}.
     *
     * @param name name of the run, such as {@code TS_001}
     * @param onExisting {@link OnExisting#FAIL} or {@link OnExisting#REUSE} for an existing run
     * @return the new run, or the existing one
     * @throws IllegalArgumentException if {@code onExisting} is {@link OnExisting#REPLACE}
     */
    public Run newRun(String name, OnExisting onExisting) {
        onExisting.requireContainer("a run");
        EntityKey.Run key = new EntityKey.Run(EntityNames.checkedRunName(name));
        requireAllowed(key, "create the run \"" + name + "\"");
        Optional<Entry> existing = backend().find(key);
        if (existing.isPresent()) {
            if (onExisting == OnExisting.FAIL) {
                throw new AlreadyExistsException("the run \"" + name + "\" exists already at " + existing.get());
            }
            return runs.wrap(existing.get());
        }
        Entry created = backend().createContainer(key);
        runs.refresh();
        return runs.wrap(created);
    }

    /**
     * {@return the entity with this key, looking up each of its parents in turn}
     *
     * @param key the key of a run or of an entity within one
     * @throws NotFoundException if there is no such entity, or if the key is that of a density map, which belongs to an
     *     object
     */
    public Entity entity(EntityKey key) {
        return find(key).orElseThrow(() -> new NotFoundException("no " + key + " in " + describe()));
    }

    /**
     * {@return the entity with this key, or empty if there is none}
     *
     * <p>Looks up each of its parents in turn. Empty for density maps, which belong to objects.
     *
     * @param key the key of a run or of an entity within one
     */
    public Optional<? extends Entity> find(EntityKey key) {
        if (!(key instanceof EntityKey.InRun inRun)) {
            return Optional.empty();
        }
        return findRun(inRun.run()).flatMap(run -> run.find(key));
    }

    /**
     * Copies an entity of this or another project into the writable layer.
     *
     * <p>A copied run or voxel spacing is created without contents if it does not exist. Picks and filaments get the
     * names of the key; everything else in them is kept.
     *
     * @param source an entity of this or another open project
     * @param key the key of the copy, of the same kind and type as {@code source}
     * @param options how to write volumes, and what to do with an existing entity
     * @return the copy
     * @throws AlreadyExistsException if any layer has an entity with the key, unless the options allow it
     * @throws org.copick.error.InvalidNameException if the key has another kind or type, has a name that is not allowed
     *     for new entities, or is that of {@code source} itself
     * @throws org.copick.error.ReadOnlyException if the project has no writable layer
     * @throws NotFoundException if the source document or the copy is deleted meanwhile, if this project has no
     *     tomogram for copied features, or if its configuration restricts it to other runs
     * @throws org.copick.error.UnsupportedFeatureException if the options request another Zarr version for an image
     *     that has neither 3 nor 4 axes
     */
    public Entity copy(Entity source, EntityKey key, CopyOptions options) {
        EntityCopy.copy(source.root(), source.entry(), this, key, options);
        refresh();
        return find(key)
                .orElseThrow(() -> new NotFoundException(
                        "the copy " + key + " was deleted right after it was made; copy it again"));
    }

    /**
     * Returns whether an entity has exactly the content that {@link #copy} would write to its key.
     *
     * <p>This refers to a copy {@linkplain CopyOptions#asStored as stored}. It allows an interrupted copy to be
     * continued. Reads both entities block by block, up to the first difference.
     *
     * @param source an entity of this or another open project
     * @param key the key of the copy, of the same kind and type as {@code source}
     * @return false if there is no such entity or if it is {@code source} itself
     * @throws org.copick.error.InvalidNameException if the key has another kind or type
     */
    public boolean holdsCopy(Entity source, EntityKey key) {
        return EntityCopy.isThere(source.root(), source.entry(), this, key);
    }

    /**
     * Copies the density map of an object, possibly from another project, to the object with the same name.
     *
     * @param source an object with a density map, of this or another open project
     * @param options how to write the map, and what to do with an existing one
     * @throws NotFoundException if the object has no density map, or this project has no such object
     * @throws AlreadyExistsException if any layer has a map for this object, unless the options allow it
     * @throws org.copick.error.ReadOnlyException if the project has no writable layer
     */
    public void copyDensityMap(PickableObject source, CopyOptions options) {
        Entry map = source.densityMapEntry()
                .orElseThrow(() -> new NotFoundException("the object " + source.name() + " has no density map"));
        object(source.name());
        EntityCopy.copy(source.root(), map, this, map.key(), options);
        densityMaps.clear();
    }

    /**
     * {@return all entities that the URI matches, by run and then in listing order}
     *
     * @param uri the URI, which also sets the kind of the entities
     * @throws org.copick.error.InvalidNameException if a regular expression of the URI takes too long to match a name
     */
    public List<Entity> match(CopickUri uri) {
        return runs().stream().flatMap(run -> run.match(uri).stream()).toList();
    }

    /**
     * {@return the entities that the writable layer hides in the layers below it, by run}
     *
     * <p>In the {@linkplain #unmerged unmerged} view, returns what any layer hides. Costs the listings of everything in
     * the layers.
     */
    public List<HiddenEntity> hidden() {
        return hidden(LayerScope.all());
    }

    /**
     * {@return the hidden entities in a part of the project} Costs the listings of that part. See {@link #hidden()}.
     *
     * @param scope the part of the project to search
     */
    public List<HiddenEntity> hidden(LayerScope scope) {
        LayerScope allowed = scope.within(this::allows);
        requireOpen();
        Backend view = epochs.newView();
        return ownsBackend ? Tombstones.all(view.top(), view.unmerged(), allowed) : Tombstones.all(view, view, allowed);
    }

    /**
     * {@return whether the layers below the hiding layer have an entity to hide}
     *
     * <p>Costs at most a few requests for each of these layers.
     *
     * @param hidden one of the entities that {@link #hidden} returns
     */
    public boolean hidesAnything(HiddenEntity hidden) {
        return Tombstones.hidesAnything(backend(), hidden);
    }

    /**
     * Shows an entity that {@link Entity#hide} has hidden, and discards all listings.
     *
     * @param key the key of the hidden entity
     * @return whether the writable layer hid it
     * @throws org.copick.error.ReadOnlyException if the project has no writable layer
     * @throws org.copick.error.UnsupportedFeatureException if this kind of project cannot hide entities
     */
    public boolean unhide(EntityKey key) {
        boolean hidden = backend().unhide(key);
        refresh();
        return hidden;
    }

    /** {@return how the writable layer differs from what the layers below it show} See {@link #diff(Predicate)}. */
    public List<Difference> diff() {
        return diff(key -> true);
    }

    /**
     * {@return the differences between the writable layer and the layers below it, for wanted keys, by run}
     *
     * <p>Runs and voxel spacings appear only if they are added or hidden; the contents of a hidden one are not listed.
     * Costs listings of the runs that the writable layer has, and reads both copies of each shadowed entity, block by
     * block, up to the first difference.
     *
     * @param wanted accepts the keys to compare
     */
    public List<Difference> diff(Predicate<EntityKey> wanted) {
        return diff(wanted, LayerScope.all());
    }

    /**
     * {@return the differences in a part of the project} See {@link #diff(Predicate)}.
     *
     * @param wanted accepts the keys to compare
     * @param scope the part of the project to compare
     */
    public List<Difference> diff(Predicate<EntityKey> wanted, LayerScope scope) {
        requireOpen();
        return LayerDiff.of(epochs.newView(), wanted, scope.within(this::allows));
    }

    /**
     * Copies entities of the writable layer into another project, with the object definitions that it lacks.
     *
     * <p>Everything is checked before anything is written. See {@link Promotion}.
     *
     * @param entities entities in the writable layer; runs and voxel spacings are promoted without their contents
     * @param target another project with a writable layer
     * @param options how to write volumes, and what to do with existing entities
     * @return the entities in the target project
     */
    public List<Entity> promote(Collection<? extends Entity> entities, Root target, CopyOptions options) {
        return Promotion.of(this, entities, target, options).run();
    }

    /**
     * {@return a view of this project that lists the copies of every entity in all layers, read-only copies first}
     *
     * <p>As in Python, the view includes copies that another layer shadows or hides. Each copy of a tomogram lists the
     * features of all layers, so the same features appear in every copy; {@link #match} returns them only once. The
     * view shares this project's stores and is closed with it. Closing the view alone leaves the stores open.
     */
    public Root unmerged() {
        return new Root(context, settings, backend().unmerged(), stores, false);
    }

    /**
     * Saves the configuration to a file, in the form that Python copick writes, including unknown fields.
     *
     * <p>An existing file is replaced. If the configuration holds credentials, a file on disk is readable by its owner
     * only.
     *
     * @param file a path or URL; relative paths start from the working folder
     */
    public void saveConfig(String file) {
        context.configFiles().write(config(), file, WriteCondition.ANY);
    }

    /** Discards all listings. Entities that were returned before keep their own listings, so look them up again. */
    public void refresh() {
        backend().refresh();
        runs.refresh();
        densityMaps.clear();
    }

    /** Closes the stores; idempotent. Later calls that need the stores throw {@link ClosedException}. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            context.closed(this);
            if (ownsBackend) {
                backend.close();
            }
        }
    }

    /** {@return the name and the locations of the layers} */
    @Override
    public String toString() {
        return describe();
    }

    /** Returns the lookup of single entities and their images. */
    EntityLookup lookup() {
        return lookup;
    }

    /** Returns whether the other root belongs to this project; its unmerged view does. */
    boolean isProjectOf(Root other) {
        return settings == other.settings;
    }

    /** Returns the backend to list with, which lists several runs at once if that saves requests. */
    Backend prefetching() {
        requireOpen();
        return epochs.view();
    }

    /** Discards prefetched listings. */
    void forgetListings() {
        epochs.forgetView();
    }

    /** Returns a source of the current epoch, which ends when cached listings and opened volumes may be too old. */
    Supplier<?> epochs() {
        return epochs;
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("the project " + describe() + " is closed; open it again");
        }
    }

    CopickContext context() {
        return context;
    }

    boolean isOpenedByFile() {
        return settings.hasFile();
    }

    boolean allows(String run) {
        return settings.allows(run);
    }

    /** Checks that the configuration does not exclude the run of a key. */
    void requireAllowed(EntityKey key, String operation) {
        if (key instanceof EntityKey.InRun inRun && !allows(inRun.run())) {
            throw new NotFoundException("cannot " + operation + ": the configuration of " + describe()
                    + " does not list the run \"" + inRun.run() + "\" among its runs; nothing was written");
        }
    }

    void forgetRuns() {
        runs.refresh();
    }

    Optional<Entry> densityMap(String object) {
        EntityKey key = new EntityKey.DensityMap(object);
        return densityMaps.get().entries().stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst();
    }

    void forgetDensityMaps() {
        densityMaps.clear();
    }

    private String describe() {
        return "\"" + name() + "\" ("
                + String.join(
                        ", ", backend.layers().stream().map(Layer::location).toList()) + ")";
    }
}
