using System.Text;

namespace Redactor.Scanning.Tests.Differential;

/// <summary>The law of the filter: it changes nothing but the time. Every engine, none at all, a unit alone or inside a buffer: the findings are the same.</summary>
public class FilterLawTests
{
    private const int PairsPerSet = 50;

    // No filter comes first: it says what is right.
    private static readonly FilterEngine[] Engines = [FilterEngine.None, .. Enum.GetValues<FilterEngine>().Where(e => e != FilterEngine.None && IsHere(e))];

    private int overBudget;

    [Fact]
    public void Random_rules_find_the_same_with_every_engine_in_a_unit_alone_and_inside_a_buffer()
    {
        var random = new Random(Differential.Seed);
        var generator = new PieceGenerator(random);
        int found = 0;
        for (int done = 0; done < Differential.Count; done += PairsPerSet)
        {
            var (rules, pieces) = RuleSet(random, generator);
            Scanner[] scanners = Compile(rules);
            for (int i = 0; i < PairsPerSet; i++)
            {
                byte[] unit = generator.Text(pieces[random.Next(pieces.Length)], 6);
                unit = random.Next(3) == 0 ? generator.Damage(unit) : unit;
                found += Check(scanners, unit, random.Next(65), random);
            }
        }

        Assert.True(found > Differential.Count / 4, $"only {found} findings");
        Assert.True(overBudget <= Differential.MostOverBudget, $"{overBudget} units took more steps than they may cost");
    }

    [Fact]
    public void A_unit_of_any_length_from_0_to_300_at_any_offset_from_0_to_64_finds_the_same()
    {
        var random = new Random(Differential.Seed);
        var generator = new PieceGenerator(random);
        var (rules, pieces) = RuleSet(random, generator);
        Scanner[] scanners = Compile(rules);
        byte[] text = [];
        while (text.Length < 300)
        {
            text = [.. text, .. generator.Text(pieces[random.Next(pieces.Length)], 6)];
        }

        int found = 0;
        for (int length = 0; length <= 300; length++)
        {
            for (int offset = 0; offset <= 64; offset += 1 + random.Next(5))
            {
                found += Check(scanners, text[..length], offset, random);
            }
        }

        Assert.NotEqual(0, found);
    }

    /// <summary>Compares all scanners on a unit alone and between neighbours that look like letters; returns how many findings there were.</summary>
    private int Check(Scanner[] scanners, byte[] unit, int offset, Random random)
    {
        byte[] buffer = [.. Before(random, offset), .. unit, .. Neighbours(random, random.Next(40))];
        Finding[]? expected = null;
        bool isOver = false;
        var candidates = new CandidateList();
        var findings = new FindingList();
        foreach (Scanner scanner in scanners)
        {
            isOver |= scanner.Scan(unit, findings) != ScanStatus.Complete;
            expected ??= findings.Items.ToArray();
            if (!isOver)
            {
                Same(expected, findings, scanner, unit, "alone");
            }

            scanner.FindCandidates(buffer, candidates);
            isOver |= scanner.Confirm(buffer, offset, unit.Length, candidates, findings) != ScanStatus.Complete;
            if (!isOver)
            {
                Same(expected, findings, scanner, unit, $"at {offset} of {Convert.ToHexString(buffer)}");
            }
        }

        overBudget += isOver ? 1 : 0;
        return expected!.Length;
    }

    private static void Same(Finding[] expected, FindingList findings, Scanner scanner, byte[] unit, string where) =>
        Assert.True(
            findings.Items.SequenceEqual(expected),
            $"{scanner.Engine} {where} finds {string.Join(' ', findings.Items.ToArray())}, no filter {string.Join(' ', expected)}\n" +
            $"in {Convert.ToHexString(unit)} ({Encoding.UTF8.GetString(unit)})\nwith {string.Join("\n     ", scanner.Rules.Select(r => $"{r.Pattern} max {r.MaxLength} keywords {string.Join(',', r.Keywords)}"))}\nseed {Differential.Seed}");

    /// <summary>Neighbours, of which half end as a field of a protobuf message begins: with a tag of one to three bytes and a length that looks like a letter.</summary>
    private static byte[] Before(Random random, int count)
    {
        byte[] bytes = Neighbours(random, count);
        int tagLength = random.Next(1, 4);
        if (count > tagLength && random.Next(2) == 0)
        {
            Span<byte> tag = bytes.AsSpan(count - 1 - tagLength, tagLength);
            tag.Fill((byte)random.Next(0x80, 0x100));
            tag[0] = (byte)((tag[0] & ~7) | 2);
            tag[^1] = (byte)(tagLength == 1 ? tag[0] & 0x7F : random.Next(1, 0x80));
        }

        return bytes;
    }

    private static byte[] Neighbours(Random random, int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = random.Next(3) == 0 ? "J0z\n"u8[random.Next(4)] : (byte)random.Next(48, 123);
        }

        return bytes;
    }

    /// <summary>One to six rules that a filter takes, some with keywords in the place of atoms, a small greatest length or an entropy.</summary>
    private static (ScanRule[] Rules, Piece[] Pieces) RuleSet(Random random, PieceGenerator generator)
    {
        var rules = new List<ScanRule>();
        var pieces = new List<Piece>();
        int wanted = random.Next(1, 7);
        while (rules.Count < wanted)
        {
            Piece piece = generator.Next();
            piece = random.Next(3) switch
            {
                0 => new Piece.Sequence(piece, Word("xab"), generator.Next()),
                1 => new Piece.Sequence(Word("b0c"), piece),
                _ => piece,
            };
            var rule = new ScanRule
            {
                Id = $"r{rules.Count}",
                Pattern = Re2Writer.Write(piece),
                Keywords = random.Next(4) == 0 ? ["xab", "b0c"] : [],
                MaxLength = random.Next(3) == 0 ? random.Next(1, 40) : ScanLimits.DefaultMatchLength,
                Entropy = random.Next(4) == 0 ? 1.5 : 0,
            };
            if (Scanner.Validate(rule) is null)
            {
                rules.Add(rule);
                pieces.Add(piece);
            }
        }

        return ([.. rules], [.. pieces]);
    }

    private static Piece.Sequence Word(string word) => new([.. word.Select(c => new Piece.Literal(c))]);

    private static Scanner[] Compile(ScanRule[] rules) => [.. Engines.Select(engine => Scanner.Compile(rules, new ScannerOptions { Engine = engine }))];

    private static bool IsHere(FilterEngine engine)
    {
        try
        {
            Scanner.Compile([new ScanRule { Id = "r", Pattern = "abcd" }], new ScannerOptions { Engine = engine });
            return true;
        }
        catch (PlatformNotSupportedException)
        {
            return false;
        }
    }
}
