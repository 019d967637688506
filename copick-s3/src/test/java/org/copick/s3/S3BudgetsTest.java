package org.copick.s3;

import org.copick.tests.network.NetworkBudgetsContract;

final class S3BudgetsTest extends NetworkBudgetsContract {
    S3BudgetsTest() {
        super(S3ProxyUnderTest.place());
    }
}
