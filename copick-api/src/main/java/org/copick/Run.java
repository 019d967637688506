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
        return newVoxelSpacing(angstrom, OnExisting.FAIL);
    }

    /** Creates a voxel spacing, or returns the one there is. */
    public VoxelSpacing newVoxelSpacing(double angstrom, OnExisting onExisting) {
        onExisting.requireContainer("a voxel spacing");
        EntityKey.Spacing spacing = new EntityKey.Spacing(name(), new VoxelSize(angstrom));
        if (spacing.size().angstrom() == 0) {
            throw new InvalidNameException("a voxel spacing of " + angstrom + " Å is not possible");
        }
        Optional<Entry> existing = root().backend().find(spacing);
        if (existing.isPresent()) {
            if (onExisting == OnExisting.FAIL) {
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

    /** The picks that a copick URI matches, such as {@code "ribosome:*"}. */
    public List<Picks> picks(String uri) {
        return EntitySearch.matching(CopickUri.parse(EntityKind.PICKS, uri), picks());
    }

    /**
     * The picks of this identity. Unless the picks were listed already, this looks for them alone.
     *
     * @throws NotFoundException when there are none
     */
    public Picks picks(AnnotationId id) {
        return findPicks(id).orElseThrow(() -> none("picks", id));
    }

    /** The picks of this identity. */
    public Optional<Picks> findPicks(AnnotationId id) {
        return picks.find(id.picks(this));
    }

    /** Creates empty picks. Where the points are known, create picks {@linkplain #newPicks(AnnotationId, List) with them}. */
    public Picks newPicks(AnnotationId id) {
        return newPicks(id, OnExisting.FAIL);
    }

    /** Creates empty picks, or does what is asked for with those there are. */
    public Picks newPicks(AnnotationId id, OnExisting onExisting) {
        return newPicks(id, List.of(), onExisting);
    }

    /**
     * Creates picks with these points in the writable layer, whole by one write: nobody ever sees them without their points.
     *
     * @param id of an object of the configuration
     * @throws NotFoundException when the configuration has no such object
     * @throws org.copick.error.InvalidConfigException when the user or session is not named and the configuration has none
     * @throws InvalidNameException for a name that may not be created
     * @throws AlreadyExistsException when any layer has such picks
     * @throws org.copick.error.InvalidDataException for a point whose location or transform is not finite, naming the first
     *     one
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public Picks newPicks(AnnotationId id, List<Point> points) {
        return newPicks(id, points, OnExisting.FAIL);
    }

    /** Creates picks with these points, or does what is asked for with those there are. */
    public Picks newPicks(AnnotationId id, List<Point> points, OnExisting onExisting) {
        EntityKey.Picks key = id.picks(this);
        PicksDocument document = PicksDocument.empty(key.object(), key.user(), key.session(), key.run());
        return creation.picks(key, document.withPoints(points), onExisting);
    }

    /** Creates picks with a document, which gets these names; see {@link #newPicks(AnnotationId, List)}. */
    public Picks newPicks(AnnotationId id, PicksDocument document) {
        return creation.picks(id.picks(this), document, OnExisting.FAIL);
    }

    /** Traced centrelines, by user, session and object. */
    public List<Filaments> filaments() {
        return filaments.all();
    }

    /** The filaments that pass the filter. */
    public List<Filaments> filaments(AnnotationFilter filter) {
        return filter.select(filaments());
    }

    /** The filaments that a copick URI matches. */
    public List<Filaments> filaments(String uri) {
        return EntitySearch.matching(CopickUri.parse(EntityKind.FILAMENTS, uri), filaments());
    }

    /**
     * The filaments of this identity. Unless they were listed already, this looks for them alone.
     *
     * @throws NotFoundException when there are none
     */
    public Filaments filaments(AnnotationId id) {
        return findFilaments(id).orElseThrow(() -> none("filaments", id));
    }

    /** The filaments of this identity. */
    public Optional<Filaments> findFilaments(AnnotationId id) {
        return filaments.find(id.filaments(this));
    }

    /** Creates an empty set of filaments. Where they are known, create it with them. */
    public Filaments newFilaments(AnnotationId id) {
        return newFilaments(id, OnExisting.FAIL);
    }

    /** Creates an empty set of filaments, or does what is asked for with the one there is. */
    public Filaments newFilaments(AnnotationId id, OnExisting onExisting) {
        EntityKey.Filaments key = id.filaments(this);
        return newFilaments(
                id, FilamentsDocument.empty(key.object(), key.user(), key.session(), key.run()), onExisting);
    }

    /**
     * Creates filaments with a document, which gets these names, in the writable layer, whole by one write. The object need
     * not be declared a filament. Curves that do not describe the points of their filament are left out, as in Python.
     *
     * @throws AlreadyExistsException when any layer has such filaments
     * @throws org.copick.error.InvalidDataException for a curve with a control point that is not finite
     * @see #newPicks(AnnotationId, List) what else is thrown
     */
    public Filaments newFilaments(AnnotationId id, FilamentsDocument document) {
        return newFilaments(id, document, OnExisting.FAIL);
    }

    /** Creates filaments with a document, or does what is asked for with those there are. */
    public Filaments newFilaments(AnnotationId id, FilamentsDocument document, OnExisting onExisting) {
        return creation.filaments(id.filaments(this), document, onExisting);
    }

    /** Surfaces, by user, session and object. */
    public List<Mesh> meshes() {
        return meshes.all();
    }

    /** The meshes that pass the filter. */
    public List<Mesh> meshes(AnnotationFilter filter) {
        return filter.select(meshes());
    }

    /** The meshes that a copick URI matches. */
    public List<Mesh> meshes(String uri) {
        return EntitySearch.matching(CopickUri.parse(EntityKind.MESH, uri), meshes());
    }

    /**
     * The mesh of this identity. Unless meshes were listed already, this looks for it alone.
     *
     * @throws NotFoundException when there is none
     */
    public Mesh mesh(AnnotationId id) {
        return findMesh(id).orElseThrow(() -> none("mesh", id));
    }

    /** The mesh of this identity. */
    public Optional<Mesh> findMesh(AnnotationId id) {
        return meshes.find(id.mesh(this));
    }

    /**
     * Creates a mesh in the writable layer, whole by one write.
     *
     * @param scene vertices x, y, z in Å; {@link MeshScene#empty} for one to be filled later
     * @throws AlreadyExistsException when any layer has such a mesh
     * @throws org.copick.error.InvalidDataException for vertices that are not finite, naming the first one
     * @see #newPicks(AnnotationId, List) what else is thrown
     */
    public Mesh newMesh(AnnotationId id, MeshScene scene) {
        return newMesh(id, scene, OnExisting.FAIL);
    }

    /** Creates a mesh, or does what is asked for with the one there is. */
    public Mesh newMesh(AnnotationId id, MeshScene scene, OnExisting onExisting) {
        return creation.mesh(id.mesh(this), scene, onExisting);
    }

    /** Segmentations of every type and voxel spacing. */
    public List<Segmentation> segmentations() {
        return segmentations.all();
    }

    /**
     * The segmentations that pass the filter, which leaves instance and panoptic ones out unless it names their types.
     */
    public List<Segmentation> segmentations(AnnotationFilter filter) {
        return filter.select(segmentations());
    }

    /** The segmentations that a copick URI matches, such as {@code "cells:*@10"}. */
    public List<Segmentation> segmentations(String uri) {
        return EntitySearch.matching(CopickUri.parse(EntityKind.SEGMENTATION, uri), segmentations());
    }

    /**
     * The segmentation of this identity. Unless segmentations were listed already, this looks for it alone.
     *
     * @throws NotFoundException when there is none
     */
    public Segmentation segmentation(SegmentationId id) {
        return findSegmentation(id).orElseThrow(() -> none("segmentation", id));
    }

    /** The segmentation of this identity. */
    public Optional<Segmentation> findSegmentation(SegmentationId id) {
        return segmentations.find(id.in(this));
    }

    /** Creates a segmentation, with {@linkplain VolumeOptions#defaults() the usual options}. */
    public Segmentation newSegmentation(SegmentationId id, VolumeData data) {
        return newSegmentation(id, data, OnExisting.FAIL);
    }

    /** Creates a segmentation, or does what is asked for with the one there is. */
    public Segmentation newSegmentation(SegmentationId id, VolumeData data, OnExisting onExisting) {
        return newSegmentation(id, data, VolumeOptions.defaults().onExisting(onExisting));
    }

    /**
     * Creates a segmentation in the writable layer. The voxel spacing need not exist. Of several who create the same one,
     * exactly one does as far as the store can tell.
     *
     * @param id of an object of the configuration for binary and instance segmentations, otherwise with any name
     * @param data z, y, x; of a panoptic one 2, z, y, x: labels and instances
     * @throws NotFoundException when the configuration has no such object
     * @throws InvalidNameException for a name that may not be created
     * @throws org.copick.error.InvalidDataException for labels that it may not hold: fractions, negative ones, others than
     *     0 and 1 in a binary one, those of no object in a multilabel or panoptic one, instances where there is no label
     * @throws AlreadyExistsException when any layer has it, unless the options say otherwise
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public Segmentation newSegmentation(SegmentationId id, VolumeData data, VolumeOptions options) {
        EntityKey.Segmentation wanted = id.in(this);
        if (wanted.type() == SegmentationType.BINARY || wanted.type() == SegmentationType.INSTANCE) {
            root().object(wanted.object());
        }
        EntityNames.checkedForSegmentation("segmentation name", wanted.object());
        EntityNames.checkedForSegmentation("user id", wanted.user());
        EntityNames.checkedForSegmentation("session id", wanted.session());
        if (wanted.size().angstrom() == 0) {
            throw new InvalidNameException("a voxel spacing of " + wanted.size() + " Å is not possible");
        }
        return segmentations.made(VolumeWrite.create(root(), wanted, options, write -> write.labels(data, wanted)));
    }

    /**
     * All annotations of a kind, such as {@link EntityKind#PICKS}.
     *
     * @throws IllegalArgumentException for a kind that is no annotation
     */
    public List<? extends Annotation> annotations(EntityKind kind) {
        return list(kind).all();
    }

    EntityList<? extends Annotation> list(EntityKind kind) {
        return switch (kind) {
            case PICKS -> picks;
            case FILAMENTS -> filaments;
            case MESH -> meshes;
            case SEGMENTATION -> segmentations;
            default -> throw new IllegalArgumentException(kind + " is no kind of annotation");
        };
    }

    private NotFoundException none(String what, Object id) {
        return new NotFoundException("no " + what + " " + id + " in run \"" + name() + "\"");
    }

    /** Everything in this run that the URI matches, in the order of the lists. */
    public List<Entity> match(CopickUri uri) {
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
    @Override
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
