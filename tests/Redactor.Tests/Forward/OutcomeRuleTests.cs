using FsCheck;
using FsCheck.Fluent;
using Redactor.Forward;

namespace Redactor.Tests.Forward;

public sealed class OutcomeRuleTests
{
    private static readonly ExportOutcome Partial = new ExportOutcome.PartialSuccess(2, "two");
    private static readonly ExportOutcome MorePartial = new ExportOutcome.PartialSuccess(5, "five");
    private static readonly ExportOutcome Refused = new ExportOutcome.Refused(Refusal.BackendRefused, "no");
    private static readonly ExportOutcome Later = new ExportOutcome.Retryable("later", TimeSpan.FromSeconds(3));
    private static readonly ExportOutcome MuchLater = new ExportOutcome.Retryable("much later", TimeSpan.FromSeconds(9));

    [Fact]
    public void All_must_accept() => Assert.Equal(ExportOutcome.Success, OutcomeRule.Merge([ExportOutcome.Success, ExportOutcome.Success]));

    [Fact]
    public void One_that_asks_for_a_retry_outweighs_everything() =>
        Assert.Equal(new ExportOutcome.Retryable("later; much later", TimeSpan.FromSeconds(9)), OutcomeRule.Merge([Refused, Later, ExportOutcome.Success, MuchLater]));

    [Fact]
    public void A_refusal_outweighs_success_and_partial_success() => Assert.Equal(Refused, OutcomeRule.Merge([Partial, Refused, ExportOutcome.Success]));

    [Fact]
    public void Partial_successes_add_up()
    {
        var merged = Assert.IsType<ExportOutcome.PartialSuccess>(OutcomeRule.Merge([Partial, ExportOutcome.Success, MorePartial]));

        Assert.Equal((5, "two; five"), (merged.RejectedCount, merged.Message));
        Assert.Empty(merged.Rejected);
    }

    [Fact]
    public void The_kind_of_answer_does_not_depend_on_the_order()
    {
        var outcomes = Gen.NonEmptyListOf(Gen.Elements(ExportOutcome.Success, Partial, MorePartial, Refused, Later, MuchLater)).ToArbitrary();

        Prop.ForAll(outcomes, list =>
            OutcomeRule.Merge([.. list]).GetType() == OutcomeRule.Merge([.. Enumerable.Reverse(list)]).GetType()).QuickCheckThrowOnFailure();
    }
}
