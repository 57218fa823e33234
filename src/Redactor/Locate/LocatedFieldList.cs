using System.Runtime.InteropServices;
using Redactor.Scanning;

namespace Redactor.Locate;

/// <summary>The located fields of one payload in the order in which they lie there, a message before what it holds. Filled again and again without allocating.</summary>
public sealed class LocatedFieldList
{
    private readonly List<LocatedField> items = [];

    public int Count => items.Count;

    /// <summary>The fields; valid until one is added.</summary>
    public Span<LocatedField> Items => CollectionsMarshal.AsSpan(items);

    /// <exception cref="TooDenseException">There are <see cref="LocateLimits.MaxFields"/>.</exception>
    public int Add(in LocatedField field)
    {
        if (items.Count == LocateLimits.MaxFields)
        {
            throw new TooDenseException();
        }

        items.Add(field);
        return items.Count - 1;
    }

    public void Clear() => items.Clear();

    /// <summary>Forgets the fields from <paramref name="index"/> on.</summary>
    public void Truncate(int index) => CollectionsMarshal.SetCount(items, index);

    /// <summary>Forgets the message at <paramref name="index"/> if nothing was located in it.</summary>
    public void CloseMessage(int index)
    {
        if (items.Count == index + 1)
        {
            Truncate(index);
        }
    }
}
