namespace Redactor.Tests.Faults;

/// <summary>What happens at random moments while telemetry flows.</summary>
/// <param name="random">Decides.</param>
/// <param name="first">The instance that dies.</param>
/// <param name="backends">What misbehaves.</param>
/// <param name="rules">The rule file that changes.</param>
internal sealed class FaultScript(Random random, MortalRedactor first, FaultyBackend[] backends, string rules)
{
    /// <summary>The longest quiet time between two events, in milliseconds: some dozens of requests.</summary>
    private const int LongestQuiet = 80;

    /// <summary>The longest time in milliseconds between two events of a group: its members need a second or two to share the partitions anew.</summary>
    private const int LongestMembership = 5000;

    private readonly Dictionary<string, int> events = [];
    private readonly Task[] misbehaving = [.. backends.Select(_ => Task.CompletedTask)];
    private int version;

    /// <summary>What runs full; null if nothing can.</summary>
    public SmallDisk? Disk { get; init; }

    /// <summary>The group that consumes from Kafka, if there is one.</summary>
    public (KafkaFaultSource Source, MortalRedactor Second)? Group { get; init; }

    /// <summary>Rules that mask the secret; a higher version has more of others.</summary>
    public static string Rules(int version) =>
        "- {id: canary, pattern: 'canary-[a-z0-9]{24}'}\n" + string.Concat(Enumerable.Range(0, version % 5).Select(i => $"- {{id: other-{i}, pattern: 'other{i}-[a-z0-9]{{24}}'}}\n"));

    /// <summary>Goes on until <paramref name="sending"/> has ended; then all is well again.</summary>
    public async Task RunUntilAsync(Task sending)
    {
        var members = Group is var (source, second) ? ComeAndGoAsync(sending, source, second, new Random(random.Next())) : Task.CompletedTask;
        while (!sending.IsCompleted)
        {
            await Task.WhenAny(sending, Task.Delay(random.Next(LongestQuiet)));
            await HappenAsync(random.Next(12));
        }

        await Task.WhenAll([members, .. misbehaving]);
    }

    /// <summary>What happened how often.</summary>
    public override string ToString() => string.Join(", ", events.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key} {e.Value}"));

    private async Task HappenAsync(int what)
    {
        switch (what)
        {
            // Members of a group die when their time has come.
            case 0 when Group is null:
                await DieAsync(first, random);
                await first.StartAsync();
                break;
            case 1 when Disk is not null:
                Note("disk full");
                Disk.Fill();
                await Task.Delay(random.Next(100, 600));
                Disk.Free();
                break;
            case 3 or 4:
                Note("rules");
                WriteRules(++version);
                break;
            default:
                Misbehave(random.Next(backends.Length), (BackendFault)random.Next(1, Enum.GetValues<BackendFault>().Length));
                break;
        }
    }

    /// <summary>
    /// The first member dies and comes back at once; the second leaves the group, or joins it; the brokers are away for a moment: so partitions move while
    /// everything else happens.
    /// </summary>
    private async Task ComeAndGoAsync(Task sending, KafkaFaultSource source, MortalRedactor second, Random chance)
    {
        while (!sending.IsCompleted)
        {
            await Task.WhenAny(sending, Task.Delay(chance.Next(LongestMembership)));
            switch (chance.Next(4))
            {
                case 0:
                    await DieAsync(first, chance);
                    await first.StartAsync();
                    break;
                case 1:
                    Note("brokers away");
                    await source.BreakAsync(TimeSpan.FromMilliseconds(chance.Next(20, 400)));
                    break;
                case var _ when second.IsRunning:
                    await DieAsync(second, chance);
                    break;
                default:
                    Note("join");
                    await second.StartAsync();
                    break;
            }
        }

        if (!second.IsRunning)
        {
            await second.StartAsync();
        }
    }

    /// <summary>Twice of three times by SIGKILL, else in good order.</summary>
    private Task DieAsync(MortalRedactor redactor, Random chance)
    {
        bool kill = chance.Next(3) > 0;
        Note(kill ? "kill" : "stop");
        return kill ? redactor.KillAsync() : redactor.StopAsync();
    }

    /// <summary>As editors and kubelets do, at once: an instance that starts meanwhile must not find half a file.</summary>
    private void WriteRules(int number)
    {
        File.WriteAllText(rules + ".new", Rules(number));
        File.Move(rules + ".new", rules, overwrite: true);
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

    private void Note(string what)
    {
        lock (events)
        {
            events[what] = events.GetValueOrDefault(what) + 1;
        }
    }
}
