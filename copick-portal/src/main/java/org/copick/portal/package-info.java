/**
 * Datasets of the CryoET Data Portal as a read-only layer of copick projects.
 *
 * <p>The portal consists of a GraphQL service, which knows runs, voxel spacings, tomograms and annotations, and of a
 * public bucket that holds their data. Add the artifact to the class path; {@link
 * org.copick.portal.PortalBackendProvider} then opens configurations that name datasets. Code that opens a {@link
 * org.copick.Root} need not name it:
 *
 * <pre>{@code
 * String config = """
 *     {"config_type": "cryoet_data_portal", "dataset_ids": [10301], "overlay_root": "/home/me/annotations",
 *      "pickable_objects": [{"name": "ribosome", "is_particle": true, "identifier": "GO:0022626"}]}""";
 * try (CopickContext context = CopickContext.builder().build();
 *         Root root = context.open(ProjectConfig.parse(config, "example"))) {
 *     for (Run run : root.runs()) {
 *         System.out.println(run.name() + " " + run.metadata().get("portal_run_name") + " " + run.picks());
 *     }
 * }
 * }</pre>
 *
 * <p>The runs have the portal's ids as names. Annotations have the user {@code data-portal} and the id of their file as
 * session. {@link org.copick.Entity#metadata} returns what else the portal knows. A person's own data go to the writable
 * layer above.
 *
 * <p>Opening sends no request. A small project is listed in one request, a larger one in one request for each fifty runs
 * and one more. The portal's answers are cached on disk for a day, and compared first on {@link
 * org.copick.Root#refresh}. {@link org.copick.portal.CachedCatalogues} shows and deletes them. {@link
 * org.copick.portal.PortalDatasets} makes configurations. Safe for use by many threads.
 *
 * <p>The page {@code docs/portal.md} of the sources describes configuration, entities, metadata and cost.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.portal;

import org.jspecify.annotations.NullMarked;
