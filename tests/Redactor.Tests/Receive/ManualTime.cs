namespace Redactor.Tests.Receive;

/// <summary>A clock whose timers go off when a test says so.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> timers = [];
    private long now;

    /// <summary>After which times the timers that were ever made would have gone off.</summary>
    public IReadOnlyList<TimeSpan> DueTimes
    {
        get
        {
            lock (timers)
            {
                return [.. timers.Select(t => t.DueTime)];
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref now);

    /// <summary>Moves on without letting timers go off.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref now, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(() => callback(state), dueTime);
        lock (timers)
        {
            timers.Add(timer);
        }

        return timer;
    }

    /// <summary>Lets every timer go off.</summary>
    public void Fire()
    {
        ManualTimer[] all;
        lock (timers)
        {
            all = [.. timers];
        }

        foreach (ManualTimer timer in all)
        {
            timer.Callback();
        }
    }

    private sealed record ManualTimer(Action Callback, TimeSpan DueTime) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("the receiver sets each timer once");

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
