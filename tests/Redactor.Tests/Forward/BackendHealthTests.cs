using Redactor.Forward;

namespace Redactor.Tests.Forward;

public sealed class BackendHealthTests
{
    private static readonly ExportOutcome Down = new ExportOutcome.Retryable("down");

    private readonly MovableClock time = new();

    [Fact]
    public void A_backend_that_refuses_for_a_minute_is_told_and_one_success_ends_it()
    {
        var health = new BackendHealth(time);

        health.Observe("otlp", Down);
        time.Advance(TimeSpan.FromSeconds(59));
        health.Observe("otlp", Down);
        Assert.Empty(health.Troubles());

        time.Advance(TimeSpan.FromSeconds(1));
        health.Observe("otlp", new ExportOutcome.Refused(Refusal.Unauthenticated));
        Assert.Equal("otlp: has accepted nothing for 60 s", Assert.Single(health.Troubles()));

        health.Observe("otlp", ExportOutcome.Success);
        Assert.Empty(health.Troubles());
    }

    [Fact]
    public void Where_nobody_tries_any_more_the_next_may_so_that_the_end_of_the_trouble_is_noticed()
    {
        var health = new BackendHealth(time);
        health.Observe("otlp", Down);
        time.Advance(TimeSpan.FromMinutes(1));
        health.Observe("otlp", Down);
        Assert.NotEmpty(health.Troubles());

        time.Advance(TimeSpan.FromMinutes(2));

        Assert.Empty(health.Troubles());
        health.Observe("otlp", Down);
        Assert.NotEmpty(health.Troubles());
    }
}
