"""How much can run through a network at most, in whole units? Dinic's algorithm, in the order arcs were added."""

from __future__ import annotations

from collections import deque

INFINITE = 10**18


class Network:
    """Nodes are numbers from 0; each arc lies beside its way back (its number with the last bit changed)."""

    def __init__(self) -> None:
        self.to: list[int] = []
        self.room: list[int] = []
        self.arcs: list[list[int]] = []

    def node(self) -> int:
        """A new node."""
        self.arcs.append([])
        return len(self.arcs) - 1

    def arc(self, start: int, end: int, room: int) -> int:
        """A new arc with this much room; returns its number."""
        self.arcs[start].append(len(self.to))
        self.to.append(end)
        self.room.append(room)
        self.arcs[end].append(len(self.to))
        self.to.append(start)
        self.room.append(0)
        return len(self.to) - 2

    def running(self, arc: int) -> int:
        """How much runs through an arc."""
        return self.room[arc ^ 1]

    def push(self, source: int, sink: int) -> int:
        """Let run as much more as can from source to sink; returns how much more that was."""
        pushed = 0
        while levels := self._levels(source, sink):
            onward = [0] * len(self.arcs)
            while found := self._along(source, sink, levels, onward):
                pushed += found
        return pushed

    def _levels(self, source: int, sink: int) -> list[int] | None:
        levels = [-1] * len(self.arcs)
        levels[source] = 0
        waiting = deque([source])
        while waiting:
            node = waiting.popleft()
            for arc in self.arcs[node]:
                end = self.to[arc]
                if self.room[arc] and levels[end] < 0:
                    levels[end] = levels[node] + 1
                    if end == sink:
                        return levels
                    waiting.append(end)
        return None

    def _along(self, source: int, sink: int, levels: list[int], onward: list[int]) -> int:
        """One way through, found without recursion; dead ends are not tried twice."""
        path: list[int] = []
        node = source
        while node != sink:
            arcs = self.arcs[node]
            while onward[node] < len(arcs):
                arc = arcs[onward[node]]
                if self.room[arc] and levels[self.to[arc]] == levels[node] + 1:
                    break
                onward[node] += 1
            else:
                if not path:
                    return 0
                back = path.pop()
                node = self.to[back ^ 1]
                onward[node] += 1
                continue
            path.append(arc)
            node = self.to[arc]
        narrowest = min(self.room[arc] for arc in path)
        for arc in path:
            self.room[arc] -= narrowest
            self.room[arc ^ 1] += narrowest
        return narrowest
