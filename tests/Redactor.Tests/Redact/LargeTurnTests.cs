using Redactor.Redact;

namespace Redactor.Tests.Redact;

public sealed class LargeTurnTests
{
    [Fact]
    public async Task Large_payloads_take_turns_and_small_ones_do_not_wait()
    {
        using var turns = new LargeTurn();
        IDisposable? first = await turns.TakeAsync(RedactLimits.LargePayload + 1, default);

        ValueTask<IDisposable?> second = turns.TakeAsync(RedactLimits.LargePayload + 1, default);

        Assert.False(second.IsCompleted);
        Assert.Null(await turns.TakeAsync(RedactLimits.LargePayload, default));
        first!.Dispose();
        Assert.NotNull(await second);
    }
}
