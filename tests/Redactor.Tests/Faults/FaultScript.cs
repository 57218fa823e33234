namespace Redactor.Tests.Faults;

/// <summary>What happens at random moments while telemetry flows.</summary>
/// <param name="random">Decides.</param>
/// <param name="redactor">What dies.</param>
/// <param name="backends">What misbehaves.</param>
/// <param name="rules">The rule file that changes.</param>
/// <param name="disk">What runs full; null if it can't.</param>
internal sealed class FaultScript(Random random, MortalRedactor redactor, FaultyBackend[] backends, string rules, SmallDisk? disk)
{
    /// <summary>The longest quiet time between two events, in milliseconds: some dozens of requests.</summary>
    private const int LongestQuiet = 80;

    private readonly Dictionary<string, int> events = [];
    private readonly Task[] misbehaving = [.. backends.Select(_ => Task.CompletedTask)];
    private int version;

    /// <summary>Rules that mask the secret; a higher version has more of others.</summary>
    public static string Rules(int version) =>
        "- {id: canary, pattern: 'canary-[a-z0-9]{24}'}\n" + string.Concat(Enumerable.Range(0, version % 5).Select(i => $"- {{id: other-{i}, pattern: 'other{i}-[a-z0-9]{{24}}'}}\n"));

    /// <summary>Goes on until <paramref name="sending"/> has ended; then all is well again.</summary>
    public async Task RunUntilAsync(Task sending)
    {
        while (!sending.IsCompleted)
        {
            await Task.WhenAny(sending, Task.Delay(random.Next(LongestQuiet)));
            await HappenAsync(random.Next(12));
        }

        await Task.WhenAll(misbehaving);
    }

    /// <summary>What happened how often.</summary>
    public override string ToString() => string.Join(", ", events.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key} {e.Value}"));

    private async Task HappenAsync(int what)
    {
        switch (what)
        {
            case 0:
                Note("kill");
                redactor.Kill();
                await redactor.StartAsync();
                break;
            case 1 when random.Next(2) == 0:
                Note("stop");
                await redactor.StopAsync();
                await redactor.StartAsync();
                break;
            case 2 when disk is not null:
                Note("disk full");
                disk.Fill();
                await Task.Delay(random.Next(100, 600));
                disk.Free();
                break;
            case 3 or 4:
                Note("rules");
                await File.WriteAllTextAsync(rules, Rules(++version));
                break;
            default:
                Misbehave(random.Next(backends.Length), (BackendFault)random.Next(1, Enum.GetValues<BackendFault>().Length));
                break;
        }
    }

    /// <summary>Goes on meanwhile: a backend may fail while the redactor dies.</summary>
    private void Misbehave(int backend, BackendFault fault)
    {
        if (misbehaving[backend].IsCompletedSuccessfully)
        {
            Note($"backend {fault}");
            misbehaving[backend] = backends[backend].MisbehaveAsync(fault, TimeSpan.FromMilliseconds(random.Next(20, 400)));
        }
    }

    private void Note(string what) => events[what] = events.GetValueOrDefault(what) + 1;
}
