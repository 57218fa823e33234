using System.Globalization;

namespace Redactor.Tests.Faults;

/// <summary>Some runs here; <c>make faults</c> does many and large ones.</summary>
public sealed class FaultRunTests
{
    private static readonly int Runs = Setting("REDACTOR_FAULT_RUNS", 4);
    private static readonly int Records = Setting("REDACTOR_FAULT_RECORDS", 10_000);
    private static readonly int FirstSeed = Setting("REDACTOR_SEED", 1);

    /// <summary>One after the other, so that each has a quarter of the runs.</summary>
    private static readonly FaultMode[] Modes =
        [new(FromKafka: false, WithQueue: true), new(FromKafka: true, WithQueue: true), new(FromKafka: false, WithQueue: false), new(FromKafka: true, WithQueue: false)];

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_no_secret_gets_behind_the_redactor_whatever_dies()
    {
        string? file = Environment.GetEnvironmentVariable("REDACTOR_FAULT_REPORT");
        await WriteAsync(FaultReport.Header);
        for (int i = 0; i < Runs; i++)
        {
            var report = await new FaultRun(FirstSeed + i, Records, Modes[i % Modes.Length]).RunAsync();
            await WriteAsync(report.ToString());

            Assert.Equal(0, report.Lost);
            Assert.Empty(report.Leaks);
            Assert.True(report.Acknowledged > 0, "nothing was acknowledged");
            Assert.True(report.Refused == 0 || report.Mode is { WithQueue: false, FromKafka: false }, "with a queue the sender is never told a backend's refusal, and Kafka never");
        }

        async Task WriteAsync(string line)
        {
            if (file is not null)
            {
                await File.AppendAllTextAsync(file, line + "\n");
            }
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
