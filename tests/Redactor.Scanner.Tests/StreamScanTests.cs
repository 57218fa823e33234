using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Redactor.Scanning.Tests;

public class StreamScanTests
{
    private static readonly Scanner Scanner = Scanner.Compile(
    [
        new ScanRule { Id = "key", Pattern = "\\bsk-[a-z0-9]{20,}\\b" },
        new ScanRule { Id = "near", Pattern = "\\b\\d{9,12}\\b", Near = new NearWords(["account"], 60) },
        new ScanRule { Id = "block", Pattern = "-----BEGIN KEY-----[^-]{1,1000}-----END KEY-----" },
        new ScanRule { Id = "first", Pattern = "^start" },
        new ScanRule { Id = "last", Pattern = "end$" },
    ]);

    [Fact]
    public void A_stream_in_pieces_has_the_findings_of_the_whole()
    {
        byte[] text = MakeText(seed: 1, size: 900_000);
        var whole = new FindingList();
        Assert.Equal(ScanStatus.Complete, Scanner.Scan(text, whole));
        Assert.True(whole.Count > 500);
        foreach (int seed in Enumerable.Range(0, 5))
        {
            var found = new List<StreamFinding>();
            Scanner.Scan(Cut(text, new Random(seed), largest: seed == 0 ? 7 : 100_000), found.Add);
            Assert.Equal(whole.Items.ToArray().Select(f => new StreamFinding(f.Rule, f.Start, f.Length)), found);
        }
    }

    [Fact]
    public void A_finding_is_the_same_wherever_the_window_ends_in_it()
    {
        byte[] secret = Encoding.ASCII.GetBytes(" sk-" + new string('a', 30) + " account 123456789 ");
        for (int offset = 256 * 1024 - 5000; offset < 256 * 1024 + 100; offset += 7)
        {
            byte[] text = [.. new byte[offset], .. secret, .. new byte[6000]];
            var found = new List<StreamFinding>();
            Scanner.Scan(new ReadOnlySequence<byte>(text), found.Add);
            Assert.Equal([new StreamFinding(0, offset + 1, 33), new StreamFinding(1, offset + 43, 9)], found);
        }
    }

    [Fact]
    public void A_token_longer_than_the_window_is_masked_to_its_end()
    {
        byte[] text = Encoding.ASCII.GetBytes("sk-" + new string('x', 1_000_000) + " free");
        var scanner = Scanner.Compile([new ScanRule { Id = "key", Pattern = "sk-[a-z0-9]{20,}" }]);
        var found = new List<StreamFinding>();
        scanner.Scan(Cut(text, new Random(3), largest: 5000), found.Add);
        long at = 0;
        foreach (StreamFinding f in found)
        {
            Assert.Equal(at, f.Start);
            at += f.Length;
        }

        Assert.Equal(1_000_003, at);
    }

    [Fact]
    public async Task A_pipe_is_read_to_its_end()
    {
        byte[] text = MakeText(seed: 2, size: 400_000);
        var whole = new FindingList();
        Scanner.Scan(text, whole);
        var found = new List<StreamFinding>();
        await Scanner.ScanAsync(PipeReader.Create(new MemoryStream(text)), found.Add);
        Assert.Equal(whole.Count, found.Count);
    }

    private static byte[] MakeText(int seed, int size)
    {
        var random = new Random(seed);
        var text = new StringBuilder("start ");
        while (text.Length < size)
        {
            text.Append(random.Next(12) switch
            {
                0 => "sk-" + new string('k', random.Next(15, 60)),
                1 => "account no " + random.Next(100_000_000, 999_999_999),
                2 => random.Next(100_000_000, 999_999_999).ToString(System.Globalization.CultureInfo.InvariantCulture),
                3 => "-----BEGIN KEY-----" + new string('b', random.Next(1, 1100)) + "-----END KEY-----",
                4 => "start of the end",
                _ => new string('w', random.Next(1, 90)),
            }).Append(random.Next(3) == 0 ? '\n' : ' ');
        }

        return Encoding.ASCII.GetBytes(text.Append("end").ToString());
    }

    private static ReadOnlySequence<byte> Cut(byte[] text, Random random, int largest)
    {
        Piece? first = null, last = null;
        for (int at = 0; at < text.Length;)
        {
            int length = Math.Min(text.Length - at, random.Next(1, largest));
            last = last is null ? first = new Piece(text.AsMemory(at, length), 0) : last.Append(text.AsMemory(at, length));
            at += length;
        }

        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        internal Piece(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        internal Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
