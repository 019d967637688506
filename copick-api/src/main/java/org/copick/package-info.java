/**
 * The copick model: open a project with {@link org.copick.Copick} and navigate from its {@link org.copick.Root}.
 *
 * <p>A root holds {@linkplain org.copick.Run runs}. A run holds {@linkplain org.copick.VoxelSpacing voxel spacings}
 * with {@linkplain org.copick.Tomogram tomograms} and their {@linkplain org.copick.Features features}, and annotations:
 * {@link org.copick.Picks}, {@link org.copick.Filaments}, {@link org.copick.Mesh} and {@link org.copick.Segmentation}.
 * Every entity has a key and lies in a layer. {@code find…} methods return an empty result if an entity is missing;
 * methods without {@code find} throw {@link org.copick.error.NotFoundException}. {@code new…} methods create an entity
 * with its content in the writable layer.
 *
 * <pre>{@code
 * try (Root root = Copick.open(Path.of("copick.json"))) {
 *     Run run = root.run("TS_001");
 *     float[] slice = run.voxelSpacing(10).tomogram("wbp").plane(Axis.Z, 18); // rows of y, columns of x
 *     for (Picks picks : run.picks("ribosome:*")) {
 *         System.out.println(picks.userId() + ": " + picks.points().size() + " points, x, y, z in Å");
 *     }
 *     run.newPicks(AnnotationId.of("ribosome").user("alice").session("7"), List.of(Point.at(120.5, 300, 184)));
 * }
 * }</pre>
 *
 * <p><b>Units.</b> Coordinates of points and vertices are x, y, z in Å from the corner of the volume. Arrays are in C
 * order of z, y, x.
 *
 * <p><b>Freshness.</b> Data and listings are read on first use. Each listing is cached until {@code refresh} is called,
 * or until the maximum age that {@link org.copick.CopickContext.Builder#maxAge} sets has passed.
 *
 * <p><b>Threads.</b> Contexts, roots and entities may be used from any thread at any time. Builders belong to one
 * thread.
 *
 * <p><b>Cost.</b> Opening a project reads its configuration and lists nothing. A list costs one listing for each layer,
 * three for segmentations. On object stores, listings of many runs are prefetched, so listing 100 runs with their
 * contents takes a few requests.
 *
 * <p>The pages {@code docs/tour.md} and {@code docs/application.md} of the sources show every task.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick;

import org.jspecify.annotations.NullMarked;
