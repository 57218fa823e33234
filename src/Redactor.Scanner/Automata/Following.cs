using Redactor.Scanning.Filtering;

namespace Redactor.Scanning.Automata;

/// <summary>
/// Which bytes can stand behind an atom where a match holds it: those of all ways through the program that read the atom in its place.
/// <code>
/// (?:api_?key|token)\s{0,4}[=:]    behind "token": a blank, "=" or ":"; behind that: the same, or anything, as a match may end there
/// </code>
/// </summary>
internal static class Following
{
    /// <summary>
    /// The bytes at the first, the second and so on of <paramref name="count"/> places behind <paramref name="atom"/>; fewer where a match may end before.
    /// </summary>
    /// <param name="program">What has to match.</param>
    /// <param name="offset">How far behind its start the atom stands.</param>
    /// <param name="atom">The atom.</param>
    /// <param name="count">How many places are asked for.</param>
    internal static List<ByteSet> Of(Program program, int offset, Atom atom, int count)
    {
        List<ByteSet> following = [];
        DfaWorkspace space = DfaWorkspace.OfThread;
        space.After.Clear();
        space.Forget(program);
        Close(space, program, program.Start);
        for (int place = -offset; place < atom.Length + count && !space.After.Exists(pc => program.Code[pc].Op == Op.Match); place++)
        {
            ByteSet read = Step(space, program, place >= 0 && place < atom.Length ? atom.Sets[place] : ByteSet.All);
            if (place >= atom.Length)
            {
                following.Add(read);
            }
        }

        return following;
    }

    /// <summary>The bytes that what starts at an instruction of <paramref name="program"/> can begin with, and whether it can be empty.</summary>
    internal static (ByteSet Bytes, bool MayBeEmpty) First(Program program, int start)
    {
        DfaWorkspace space = DfaWorkspace.OfThread;
        space.After.Clear();
        space.Forget(program);
        Close(space, program, start);
        bool mayBeEmpty = space.After.RemoveAll(pc => program.Code[pc].Op == Op.Match) > 0;
        return (Step(space, program, ByteSet.All), mayBeEmpty);
    }

    /// <summary>From the instructions that take a byte to those that take the next one; returns which bytes were taken, of those in <paramref name="allowed"/>.</summary>
    private static ByteSet Step(DfaWorkspace space, Program program, ByteSet allowed)
    {
        space.Consuming.Clear();
        space.Consuming.AddRange(space.After);
        space.After.Clear();
        space.Forget(program);
        ByteSet read = ByteSet.Empty;
        foreach (int pc in space.Consuming)
        {
            Instruction i = program.Code[pc];
            ByteSet taken = allowed & (i.Op == Op.Byte ? program.Sets[i.Argument] : ByteClasses.BeyondAscii);
            if (taken.IsEmpty)
            {
                continue;
            }

            read |= taken;
            Close(space, program, i.Next);
            if (i.Op == Op.NonAscii)
            {
                Close(space, program, pc); // the character may go on
            }
        }

        return read;
    }

    /// <summary>Adds what takes a byte, or is a match, from <paramref name="start"/> on without one; conditions are taken to hold.</summary>
    private static void Close(DfaWorkspace space, Program program, int start)
    {
        space.Pending.Push(start);
        while (space.Pending.TryPop(out int pc))
        {
            if (!space.IsNew(pc))
            {
                continue;
            }

            Instruction i = program.Code[pc];
            if (i.Op is Op.Byte or Op.NonAscii or Op.Match)
            {
                space.After.Add(pc);
                continue;
            }

            space.Pending.Push(i.Next);
            if (i.Op == Op.Split)
            {
                space.Pending.Push(i.Argument);
            }
        }
    }
}
