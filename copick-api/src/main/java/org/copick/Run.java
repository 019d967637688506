package org.copick;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.copick.config.EntityNames;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.SegmentationType;
import org.copick.entity.UnparsableName;
import org.copick.entity.VoxelSize;
import org.copick.error.AlreadyExistsException;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.mesh.MeshScene;
import org.copick.picks.FilamentsDocument;
import org.copick.picks.PicksDocument;
import org.copick.picks.Point;
import org.copick.spi.Entry;

/**
 * All data of one location on the sample. Each list costs one listing for each layer the first time (segmentations
 * three), and is kept until {@link #refresh}.
 */
public final class Run extends Entity {
    private final EntityKey.Run key;
    private final EntityList<VoxelSpacing> voxelSpacings;
    private final EntityList<Picks> picks;
    private final EntityList<Filaments> filaments;
    private final EntityList<Mesh> meshes;
    private final EntityList<Segmentation> segmentations;
    private final DocumentCreation creation;

    Run(Root root, Entry entry) {
        super(root, entry);
        key = (EntityKey.Run) entry.key();
        voxelSpacings = new EntityList<>(root, EntityKind.VOXEL_SPACING, key, e -> new VoxelSpacing(this, e));
        picks = new EntityList<>(root, EntityKind.PICKS, key, e -> new Picks(this, e));
        filaments = new EntityList<>(root, EntityKind.FILAMENTS, key, e -> new Filaments(this, e));
        meshes = new EntityList<>(root, EntityKind.MESH, key, e -> new Mesh(this, e));
        segmentations = new EntityList<>(root, EntityKind.SEGMENTATION, key, e -> new Segmentation(this, e));
        creation = new DocumentCreation(this, picks, filaments, meshes);
    }

    @Override
    public EntityKey.Run key() {
        return key;
    }

    public String name() {
        return key.run();
    }

    /** The voxel spacings, smallest first. */
    public List<VoxelSpacing> voxelSpacings() {
        return voxelSpacings.all();
    }

    /** The voxel spacing of that size, which is rounded to 0.001 Å first. */
    public Optional<VoxelSpacing> findVoxelSpacing(double angstrom) {
        return voxelSpacings.find(new EntityKey.Spacing(name(), new VoxelSize(angstrom)));
    }

    /**
     * The voxel spacing of that size, which is rounded to 0.001 Å first.
     *
     * @throws NotFoundException when there is none
     */
    public VoxelSpacing voxelSpacing(double angstrom) {
        return findVoxelSpacing(angstrom)
                .orElseThrow(() -> new NotFoundException(
                        "no voxel spacing " + new VoxelSize(angstrom) + " Å in run \"" + name() + "\""));
    }

    /**
     * Creates a voxel spacing in the writable layer.
     *
     * @throws AlreadyExistsException when any layer has it
     */
    public VoxelSpacing newVoxelSpacing(double angstrom) {
        return newVoxelSpacing(angstrom, IfExists.FAIL);
    }

    /** Creates a voxel spacing, or returns the one there is. */
    public VoxelSpacing newVoxelSpacing(double angstrom, IfExists ifExists) {
        EntityKey.Spacing spacing = new EntityKey.Spacing(name(), new VoxelSize(angstrom));
        if (spacing.size().angstrom() == 0) {
            throw new InvalidNameException("a voxel spacing of " + angstrom + " Å is not possible");
        }
        Optional<Entry> existing = root().backend().find(spacing);
        if (existing.isPresent()) {
            if (ifExists == IfExists.FAIL) {
                throw new AlreadyExistsException(
                        "the voxel spacing " + spacing.size() + " exists already at " + existing.get());
            }
            return voxelSpacings.wrap(existing.get());
        }
        Entry created = root().backend().createContainer(spacing);
        voxelSpacings.refresh();
        return voxelSpacings.wrap(created);
    }

    /** Point annotations, by user, session and object. */
    public List<Picks> picks() {
        return picks.all();
    }

    /** The picks that pass the filter. */
    public List<Picks> picks(AnnotationFilter filter) {
        return filter.select(picks());
    }

    /** The picks of exactly this key. Unless the picks were listed already, this looks for them alone. */
    public Optional<Picks> findPicks(String object, String user, String session) {
        return picks.find(new EntityKey.Picks(name(), object, user, session));
    }

    /**
     * Creates picks with these points in the writable layer, whole by one write: nobody ever sees them without their points.
     *
     * @param object an object of the configuration
     * @param session {@code 0} for what a tool made
     * @throws NotFoundException when the configuration has no such object
     * @throws InvalidNameException for a name that may not be created
     * @throws AlreadyExistsException when any layer has such picks
     * @throws org.copick.error.InvalidDataException for a point whose location or transform is not finite, naming the first
     *     one
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public Picks newPicks(String object, String user, String session, List<Point> points) {
        return newPicks(object, user, session, points, IfExists.FAIL);
    }

    /** Creates picks with these points, or returns the ones there are, whatever they hold. */
    public Picks newPicks(String object, String user, String session, List<Point> points, IfExists ifExists) {
        EntityKey.Picks wanted = new EntityKey.Picks(name(), object, user, session);
        return creation.existing(wanted, ifExists)
                .map(picks::wrap)
                .orElseGet(() -> creation.createChecked(
                        wanted,
                        PicksDocument.empty(object, user, session, name()).withPoints(points)));
    }

    /** Creates picks with these points of the configuration's user; see {@link #newPicks(String, String)}. */
    public Picks newPicks(String object, String session, List<Point> points) {
        return newPicks(object, root().requireUserId(), session, points);
    }

    /** Creates picks with a document, which gets these names; see {@link #newPicks(String, String, String, List)}. */
    public Picks newPicks(String object, String user, String session, PicksDocument document) {
        EntityKey.Picks wanted = new EntityKey.Picks(name(), object, user, session);
        creation.existing(wanted, IfExists.FAIL);
        return creation.createChecked(wanted, document);
    }

    /**
     * Creates empty picks in the writable layer; the document is written at once. Where the points are known, create picks
     * {@linkplain #newPicks(String, String, String, List) with them}.
     *
     * @throws AlreadyExistsException when any layer has such picks
     */
    public Picks newPicks(String object, String user, String session) {
        return newPicks(object, user, session, IfExists.FAIL);
    }

    /**
     * Creates empty picks of the configuration's user.
     *
     * @throws org.copick.error.InvalidConfigException when the configuration has no {@code user_id}
     */
    public Picks newPicks(String object, String session) {
        return newPicks(object, root().requireUserId(), session);
    }

    /** Creates empty picks, or returns the ones there are. */
    public Picks newPicks(String object, String user, String session, IfExists ifExists) {
        EntityKey.Picks wanted = new EntityKey.Picks(name(), object, user, session);
        return creation.existing(wanted, ifExists)
                .map(picks::wrap)
                .orElseGet(() -> creation.create(wanted, PicksDocument.empty(object, user, session, name())));
    }

    /** The filaments of exactly this key. Unless they were listed already, this looks for them alone. */
    public Optional<Filaments> findFilaments(String object, String user, String session) {
        return filaments.find(new EntityKey.Filaments(name(), object, user, session));
    }

    /**
     * Creates filaments with a document, which gets these names, in the writable layer, whole by one write. The object need
     * not be declared a filament. Curves that do not describe the points of their filament are left out, as in Python.
     *
     * @throws NotFoundException when the configuration has no such object
     * @throws InvalidNameException for a name that may not be created
     * @throws AlreadyExistsException when any layer has such filaments
     * @throws org.copick.error.InvalidDataException for a curve with a control point that is not finite
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public Filaments newFilaments(String object, String user, String session, FilamentsDocument document) {
        EntityKey.Filaments wanted = new EntityKey.Filaments(name(), object, user, session);
        creation.existing(wanted, IfExists.FAIL);
        return creation.createChecked(wanted, document);
    }

    /** Creates filaments with a document of the configuration's user; see {@link #newPicks(String, String)}. */
    public Filaments newFilaments(String object, String session, FilamentsDocument document) {
        return newFilaments(object, root().requireUserId(), session, document);
    }

    /**
     * Creates an empty set of filaments in the writable layer; the document is written at once. Where the filaments are
     * known, create it {@linkplain #newFilaments(String, String, String, FilamentsDocument) with them}.
     *
     * @throws AlreadyExistsException when any layer has such filaments
     */
    public Filaments newFilaments(String object, String user, String session) {
        return newFilaments(object, user, session, IfExists.FAIL);
    }

    /** Creates an empty set of filaments of the configuration's user; see {@link #newPicks(String, String)}. */
    public Filaments newFilaments(String object, String session) {
        return newFilaments(object, root().requireUserId(), session);
    }

    /** Creates an empty set of filaments, or returns the one there is. */
    public Filaments newFilaments(String object, String user, String session, IfExists ifExists) {
        EntityKey.Filaments wanted = new EntityKey.Filaments(name(), object, user, session);
        return creation.existing(wanted, ifExists)
                .map(filaments::wrap)
                .orElseGet(() -> creation.create(wanted, FilamentsDocument.empty(object, user, session, name())));
    }

    /** Traced centrelines, by user, session and object. */
    public List<Filaments> filaments() {
        return filaments.all();
    }

    /** The filaments that pass the filter. */
    public List<Filaments> filaments(AnnotationFilter filter) {
        return filter.select(filaments());
    }

    /** Surfaces, by user, session and object. */
    public List<Mesh> meshes() {
        return meshes.all();
    }

    /** The mesh of exactly this key. Unless meshes were listed already, this looks for it alone. */
    public Optional<Mesh> findMesh(String object, String user, String session) {
        return meshes.find(new EntityKey.Mesh(name(), object, user, session));
    }

    /**
     * Creates a mesh in the writable layer, whole by one write.
     *
     * @param scene vertices x, y, z in Å; {@link MeshScene#empty} for one to be filled later
     * @throws NotFoundException when the configuration has no such object
     * @throws InvalidNameException for a name that may not be created
     * @throws AlreadyExistsException when any layer has such a mesh
     * @throws org.copick.error.InvalidDataException for vertices that are not finite, naming the first one
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public Mesh newMesh(String object, String user, String session, MeshScene scene) {
        EntityKey.Mesh wanted = new EntityKey.Mesh(name(), object, user, session);
        creation.existing(wanted, IfExists.FAIL);
        return creation.createChecked(wanted, scene);
    }

    /** Creates a mesh of the configuration's user; see {@link #newPicks(String, String)}. */
    public Mesh newMesh(String object, String session, MeshScene scene) {
        return newMesh(object, root().requireUserId(), session, scene);
    }

    /** The meshes that pass the filter. */
    public List<Mesh> meshes(AnnotationFilter filter) {
        return filter.select(meshes());
    }

    /** Segmentations of every type and voxel spacing. */
    public List<Segmentation> segmentations() {
        return segmentations.all();
    }

    /** The segmentation of exactly this key. Unless segmentations were listed already, this looks for it alone. */
    public Optional<Segmentation> findSegmentation(
            SegmentationType type, double voxelSize, String name, String user, String session) {
        return segmentations.find(
                new EntityKey.Segmentation(name(), new VoxelSize(voxelSize), name, user, session, type));
    }

    /**
     * The segmentations that pass the filter, which leaves instance and panoptic ones out unless it names their types.
     */
    public List<Segmentation> segmentations(AnnotationFilter filter) {
        return filter.select(segmentations());
    }

    /** Creates a segmentation, with {@linkplain VolumeOptions#defaults() the usual options}. */
    public Segmentation newSegmentation(
            SegmentationType type, double voxelSize, String name, String user, String session, VolumeData data) {
        return newSegmentation(type, voxelSize, name, user, session, data, VolumeOptions.defaults());
    }

    /** Creates a segmentation of the configuration's user; see {@link #newPicks(String, String)}. */
    public Segmentation newSegmentation(
            SegmentationType type, double voxelSize, String name, String session, VolumeData data) {
        return newSegmentation(type, voxelSize, name, root().requireUserId(), session, data);
    }

    /**
     * Creates a segmentation in the writable layer. The voxel spacing need not exist. Of several who create the same one,
     * exactly one does as far as the store can tell.
     *
     * @param voxelSize in Å, rounded to 0.001
     * @param name an object of the configuration for binary and instance segmentations, otherwise any
     * @param session {@code 0} for what a tool made
     * @param data z, y, x; of a panoptic one 2, z, y, x: labels and instances
     * @throws NotFoundException when the configuration has no such object
     * @throws InvalidNameException for a name that may not be created
     * @throws org.copick.error.InvalidDataException for labels that it may not hold: fractions, negative ones, others than
     *     0 and 1 in a binary one, those of no object in a multilabel or panoptic one, instances where there is no label
     * @throws AlreadyExistsException when any layer has it, unless the options say otherwise
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public Segmentation newSegmentation(
            SegmentationType type,
            double voxelSize,
            String name,
            String user,
            String session,
            VolumeData data,
            VolumeOptions options) {
        if (type == SegmentationType.BINARY || type == SegmentationType.INSTANCE) {
            root().object(name);
        }
        EntityKey.Segmentation wanted = new EntityKey.Segmentation(
                name(),
                new VoxelSize(voxelSize),
                EntityNames.checkedForSegmentation("segmentation name", name),
                EntityNames.checkedForSegmentation("user id", user),
                EntityNames.checkedForSegmentation("session id", session),
                type);
        if (wanted.size().angstrom() == 0) {
            throw new InvalidNameException("a voxel spacing of " + voxelSize + " Å is not possible");
        }
        Entry created = VolumeWrite.create(root(), wanted, options).labels(data, wanted);
        segmentations.refresh();
        return segmentations.wrap(created);
    }

    /** Everything in this run that the URI matches, in the order of the lists. */
    public List<Entity> find(CopickUri uri) {
        return EntitySearch.matching(this, uri);
    }

    Optional<? extends Entity> find(EntityKey wanted) {
        return EntitySearch.find(this, wanted);
    }

    /** Names in this run's listings that could not be parsed. Makes the listings that are still missing. */
    public List<UnparsableName> unparsableNames() {
        List<UnparsableName> all = new ArrayList<>(voxelSpacings.unparsableNames());
        all.addAll(picks.unparsableNames());
        all.addAll(filaments.unparsableNames());
        all.addAll(meshes.unparsableNames());
        all.addAll(segmentations.unparsableNames());
        return all;
    }

    /** Forgets this run's listings. */
    public void refresh() {
        voxelSpacings.refresh();
        refreshPicks();
        refreshFilaments();
        refreshMeshes();
        refreshSegmentations();
    }

    @Override
    void forget() {
        root().forgetRuns();
    }

    DocumentCreation creation() {
        return creation;
    }

    void refreshVoxelSpacings() {
        voxelSpacings.refresh();
    }

    void refreshPicks() {
        picks.refresh();
    }

    void refreshFilaments() {
        filaments.refresh();
    }

    void refreshMeshes() {
        meshes.refresh();
    }

    void refreshSegmentations() {
        segmentations.refresh();
    }
}
