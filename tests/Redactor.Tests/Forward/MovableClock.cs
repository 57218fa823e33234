namespace Redactor.Tests.Forward;

/// <summary>The system's clock, moved on as a test says; timers run as usual.</summary>
internal sealed class MovableClock : TimeProvider
{
    private TimeSpan moved;
    private readonly DateTimeOffset start = DateTimeOffset.UnixEpoch + TimeSpan.FromDays(20_000);

    public override DateTimeOffset GetUtcNow() => start + moved;

    public void Advance(TimeSpan by) => moved += by;
}
