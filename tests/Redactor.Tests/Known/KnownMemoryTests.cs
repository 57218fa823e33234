using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Redactor.Tests.Interop;

namespace Redactor.Tests.Known;

/// <summary>What the memory of a running Redactor holds of the secrets that it has read: the process itself is searched.</summary>
public sealed class KnownMemoryTests : IDisposable
{
    private const int Run = 12;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task After_loading_no_value_and_no_run_of_twelve_bytes_of_one_is_in_memory()
    {
        // A shell makes the secrets, so that nothing but their files hands them on.
        Directory.CreateDirectory(folder.PathOf("keys"));
        using (var shell = Process.Start("sh", ["-c", $"cd '{folder.PathOf("keys")}' && for i in $(seq 50); do head -c 30 /dev/urandom | base64 > key-$i; echo \"KEY_$i=\\\"$(head -c 18 /dev/urandom | base64)\\\"\" >> ../app.env; done"]))
        {
            await shell.WaitForExitAsync();
        }

        await using var backend = await RecordingBackend.StartAsync();
        // Without its shield, or none but root could look.
        using var redactor = await RedactorProcess.StartAsync(backend.Server, new RedactorSettings
        {
            Folder = folder.Path,
            Environment = new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "1" },
            Section = $"known_secrets: {{sources: [{{directory: {folder.PathOf("keys")}}}, {{env_file: {folder.PathOf("app.env")}}}], refresh_interval: 100ms}}",
        });
        Assert.Contains("Known secrets are in force: 100 of 2 sources", redactor.Output, StringComparison.Ordinal);

        string[] values = [.. Directory.EnumerateFiles(folder.PathOf("keys")).Select(File.ReadAllText), .. File.ReadLines(folder.PathOf("app.env")).Select(line => line.Split('"')[1])];
        var runs = values.Select(value => value.Trim()).SelectMany(value => Enumerable.Range(0, value.Length - Run + 1).Select(i => value.Substring(i, Run))).ToHashSet();
        var memory = new MemorySearch(runs);
        long searched = memory.Search(redactor.Id);

        Assert.True(searched > 10_000_000, $"only {searched} bytes of memory could be read");
        Assert.Empty(memory.Found);
        Assert.Equal(1, new MemorySearch(["known_secrets:"[..Run]]).Count(redactor.Id, atLeast: 1));
    }

    /// <summary>Looks for strings of twelve ASCII bytes, as bytes and as UTF-16, in the writable memory of another process.</summary>
    private sealed class MemorySearch(IReadOnlyCollection<string> runs)
    {
        private const int ChunkSize = 1 << 20;
        private readonly HashSet<ulong> starts = [.. runs.Select(run => Start(run, 1)), .. runs.Select(run => Start(run, 2))];
        private readonly HashSet<string> wanted = [.. runs];

        public List<string> Found { get; } = [];

        /// <summary>1 if anything of it is found, so that the search is known to work.</summary>
        public int Count(int process, int atLeast)
        {
            Search(process);
            return Math.Min(Found.Count, atLeast);
        }

        /// <returns>How many bytes were searched.</returns>
        public long Search(int process)
        {
            long all = 0;
            using var memory = File.OpenHandle($"/proc/{process}/mem");
            byte[] chunk = new byte[ChunkSize + (2 * Run)];
            foreach (string line in File.ReadLines($"/proc/{process}/maps").Where(line => line.Split(' ')[1].StartsWith("rw", StringComparison.Ordinal)))
            {
                long[] ends = [.. line.Split(' ')[0].Split('-').Select(end => long.Parse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
                for (long at = ends[0]; at < ends[1]; at += ChunkSize)
                {
                    int length = Read(memory, chunk.AsSpan(0, (int)Math.Min(chunk.Length, ends[1] - at)), at);
                    Search(chunk.AsSpan(0, length));
                    all += length;
                }
            }

            return all;
        }

        private static int Read(Microsoft.Win32.SafeHandles.SafeFileHandle memory, Span<byte> chunk, long at)
        {
            try
            {
                return RandomAccess.Read(memory, chunk, at);
            }
            catch (IOException)
            {
                // A part of the address space that is reserved and not in use.
                return 0;
            }
        }

        private static ulong Start(string run, int width)
        {
            byte[] bytes = width == 1 ? System.Text.Encoding.ASCII.GetBytes(run) : System.Text.Encoding.Unicode.GetBytes(run);
            return MemoryMarshal.Read<ulong>(bytes);
        }

        private void Search(ReadOnlySpan<byte> memory)
        {
            for (int i = 0; i <= memory.Length - Run; i++)
            {
                if (starts.Contains(MemoryMarshal.Read<ulong>(memory[i..])))
                {
                    string narrow = System.Text.Encoding.Latin1.GetString(memory.Slice(i, Run));
                    string wide = memory.Length - i < 2 * Run ? "" : System.Text.Encoding.Unicode.GetString(memory.Slice(i, 2 * Run));
                    if (wanted.Contains(narrow) || wanted.Contains(wide))
                    {
                        Found.Add(wanted.Contains(narrow) ? narrow : wide);
                    }
                }
            }
        }
    }
}
