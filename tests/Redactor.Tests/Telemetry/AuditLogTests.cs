using Redactor.Rules;
using Redactor.Telemetry;
using Redactor.Tests.Forward;
using Redactor.Tests.Receive;

namespace Redactor.Tests.Telemetry;

public sealed class AuditLogTests : IDisposable
{
    private static readonly AuditEntry Entry = new("known:prod-chat", "9f2c41d0a1b2", "pay", "prod", "log.body", new string('a', 32), new string('b', 16), new SecretMetadata("team-chat", "production", null, new DateOnly(2024, 10, 3)));

    private readonly MovableClock clock = new();
    private readonly RecordingLogger log = new();
    private readonly RedactorMetrics metrics = new();

    public void Dispose() => metrics.Dispose();

    [Fact]
    public void The_first_finding_is_told_at_once_and_those_of_the_window_together_at_its_end()
    {
        using var audit = new AuditLog([log], metrics, clock);
        for (int i = 0; i < 100; i++)
        {
            audit.Found(Entry);
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(["Secret in telemetry: known:prod-chat, fingerprint 9f2c41d0a1b2, found 1 times"], log.Lines);
        audit.CloseWindows(all: false);
        Assert.Single(log.Lines);

        clock.Advance(AuditLog.Window);
        audit.CloseWindows(all: false);
        Assert.Equal("Secret in telemetry: known:prod-chat, fingerprint 9f2c41d0a1b2, found 99 times", log.Lines[1]);

        clock.Advance(AuditLog.Window);
        audit.CloseWindows(all: false);
        Assert.Equal(2, log.Lines.Count);
        audit.Found(Entry);
        Assert.Equal(3, log.Lines.Count);
    }

    [Fact]
    public void One_secret_in_two_services_is_told_twice()
    {
        using var audit = new AuditLog([log], metrics, clock);
        audit.Found(Entry);
        audit.Found(Entry with { Service = "web" });

        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public void What_is_not_told_yet_is_told_in_the_end()
    {
        using (var audit = new AuditLog([log], metrics, clock))
        {
            audit.Found(Entry);
            audit.Found(Entry);
        }

        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public void No_more_secrets_than_the_limit_are_told_in_one_window()
    {
        using var audit = new AuditLog([log], metrics, clock);
        for (int i = 0; i < AuditLog.MaxOpen + 10; i++)
        {
            audit.Found(Entry with { Fingerprint = $"{i:x12}" });
        }

        Assert.Equal(AuditLog.MaxOpen, log.Lines.Count);
    }

    [Fact]
    public void A_record_has_every_field_that_is_known_and_no_other()
    {
        var seen = new DateTimeOffset(2024, 10, 4, 1, 2, 3, TimeSpan.Zero);

        Assert.Equal(
            [
                "rule=known:prod-chat", "fingerprint=9f2c41d0a1b2", "service=pay", "environment=prod", "place=log.body", $"trace_id={new string('a', 32)}", $"span_id={new string('b', 16)}", "count=3",
                "first_seen=2024-10-04T01:02:02.000Z", "last_seen=2024-10-04T01:02:03.000Z", "owner=team-chat", "secret_environment=production", "rotate_by=2024-10-03", "overdue=True",
            ],
            new AuditRecord(Entry, 3, seen - TimeSpan.FromSeconds(1), seen).Select(field => $"{field.Key}={field.Value}"));
        Assert.Equal(
            ["rule", "fingerprint", "place", "count", "first_seen", "last_seen"],
            new AuditRecord(new AuditEntry("a", "b", null, null, "log.body", null, null, null), 1, seen, seen).Select(field => field.Key));
        Assert.False(Entry.Known!.IsOverdue(new DateOnly(2024, 10, 3)));
    }
}
