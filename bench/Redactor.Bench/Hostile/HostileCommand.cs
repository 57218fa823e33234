using System.CommandLine;
using Redactor.Tests.Interop;
using Redactor.Tests.Listen;

namespace Redactor.Bench.Hostile;

/// <summary>
/// <c>hostile --redactor FILE [--only TEXT]</c>: attacks a fresh process in every way, and prints as a table how each was answered, what memory it cost, and
/// whether the program serves afterwards.
/// </summary>
internal static class HostileCommand
{
    private static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(20);

    public static Command Create()
    {
        var redactor = new Option<FileInfo>("--redactor") { Description = "The program.", Required = true };
        var only = new Option<string>("--only") { Description = "Run the attacks with this in their names.", DefaultValueFactory = _ => "" };
        var command = new Command("hostile", "Attack the program and tell what that cost.") { redactor, only };
        command.SetAction((parsed, _) => RunAsync(parsed.GetRequiredValue(redactor).FullName, parsed.GetValue(only)!));
        return command;
    }

    private static async Task<int> RunAsync(string program, string only)
    {
        var folder = Directory.CreateTempSubdirectory("redactor-hostile-");
        await using var backend = await OtlpBackend.StartAsync(_ => { });
        bool all = true;
        Console.WriteLine("| attack | answer | memory idle, MiB | peak, MiB | CPU, s | serves afterwards |");
        Console.WriteLine("|---|---|---|---|---|---|");
        using var certificates = new TestCertificates();
        foreach (var attack in Attacks.All(folder.FullName).Concat(TlsAttacks.All(certificates)).Concat(DenseAttacks.All()).Where(a => a.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            var settings = attack.Settings ?? new RedactorSettings();
            using var victim = new Victim(await RedactorProcess.StartAsync(backend, settings with { Program = program }));
            await victim.ServesAsync();
            var before = ProcessUsage.Of(victim.Id);
            var attacking = attack.RunAsync(victim);
            long peak = await PeakMemoryAsync(victim.Id, attacking);
            string answer = await attacking;
            var after = ProcessUsage.Of(victim.Id);
            bool serves = attack.AsksForCredentials || await victim.ServesAsync();
            all &= serves;
            Console.WriteLine($"| {attack.Name} | {answer} | {before.Memory >> 20} | {peak >> 20} | {(after.ProcessorTime - before.ProcessorTime).TotalSeconds:F1} | {(serves ? "yes" : "NO")} |");
        }

        folder.Delete(recursive: true);
        return all ? 0 : 1;
    }

    /// <summary>The greatest resident size while <paramref name="running"/> runs. Looked at often, because the kernel's own peak includes the start.</summary>
    private static async Task<long> PeakMemoryAsync(int pid, Task running)
    {
        long peak = 0;
        do
        {
            peak = Math.Max(peak, ProcessUsage.Of(pid).Memory);
        }
        while (await Task.WhenAny(running, Task.Delay(SampleInterval)) != running);
        return peak;
    }
}
